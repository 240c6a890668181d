import { BlockStack, Box, Layout, Link, Page } from '@shopify/polaris'
import { type EventRow } from '../presenters/event-rows.server'
import { type Overview } from '../presenters/overview.server'
import { ComplianceCard } from './compliance-card'
import { CommandFeedback } from './command-feedback'
import { ConnectionCard } from './connection-card'
import { DeliveriesCard } from './deliveries-card'
import styles from './dashboard.module.css'
import { EventTable } from './event-table'
import { useLanguage } from './language-context'
import { OnboardingCard } from './onboarding-card'
import { ParityCard } from './parity-card'
import { RemovalCard } from './removal-card'
import { ResourceCard } from './resource-card'
import { RUN_COMMANDS } from './run-button'
import { RunCard } from './run-card'
import { StoreCard } from './store-card'
import { StoreRunCard } from './store-run-card'
import { TableCard } from './table-card'
import { SEND_ALL, UrgentBanner } from './urgent-banner'
import { useCommand } from './use-command'

/** How much of the store is in step, where the rest stands, and what has just happened. */
export function OverviewPage({ overview }: { overview: Overview }) {
  const { t } = useLanguage()
  const { now, connection, compliance, urgent, runs, reach, onboarding, deliveries } = overview
  return (
    <Page title={t('overview.title')}>
      <BlockStack gap="400">
        {urgent && <UrgentBanner urgent={urgent} />}
        <CommandFeedback answer={useCommand(SEND_ALL).answer} />
        <CommandFeedback answer={useCommand(RUN_COMMANDS).answer} />
        <div className={styles.columns}>
          <Layout>
            <Layout.Section>
              <BlockStack gap="400">
                {onboarding && <OnboardingCard onboarding={onboarding} isReading={runs.open.length > 0} />}
                <ParityCard {...overview} />
                {overview.removals.map((removal) => (
                  <RemovalCard key={removal.id} removal={removal} />
                ))}
                {runs.open.map((run) => (
                  <StoreRunCard key={run.id} run={run} />
                ))}
                <ResourceCard
                  resources={overview.resources}
                  reach={urgent?.kind === 'reach' ? [] : reach}
                  freshness={overview.freshness}
                />
                <DeliveriesCard deliveries={deliveries} />
                <LatestEvents events={overview.events} now={now} />
              </BlockStack>
            </Layout.Section>
            <Layout.Section variant="oneThird">
              <BlockStack gap="400">
                {runs.reevaluations.length > 0 && <RunCard runs={runs.reevaluations} />}
                <ConnectionCard connection={connection} now={now} />
                <StoreCard runs={runs} mirrored={connection?.resources ?? []} now={now} />
                {compliance.length > 0 && <ComplianceCard requests={compliance} now={now} />}
              </BlockStack>
            </Layout.Section>
          </Layout>
        </div>
        <Box />
      </BlockStack>
    </Page>
  )
}

function LatestEvents({ events, now }: { events: EventRow[]; now: string }) {
  const { t } = useLanguage()
  const all = (
    <Link url="/app/activity" removeUnderline>
      {t('recent.all')}
    </Link>
  )
  return (
    <TableCard title={t('recent.title')} empty={events.length > 0 ? null : t('recent.empty')} action={all}>
      <EventTable events={events} now={now} label={t('recent.title')} />
    </TableCard>
  )
}
