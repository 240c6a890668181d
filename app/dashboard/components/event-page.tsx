import { BlockStack, Box, Layout, Page, Text } from '@shopify/polaris'
import { LEADS_TO_CALLS } from '../leads-to-calls'
import { type EventPage as EventPageData } from '../presenters/event-page.server'
import { AttemptTable } from './attempt-table'
import { EventBadge } from './badges'
import { CommandButton } from './command-button'
import styles from './dashboard.module.css'
import { Code, Facts } from './facts'
import { useLanguage } from './language-context'
import { ExactTime } from './moment'
import { PayloadCard } from './payload-card'
import { RecordCard } from './record-card'
import { TableCard } from './table-card'
import { TitledCard } from './titled-card'

/** One webhook as it came: what it did, its record, the calls since, its facts and its payload. */
export function EventPage({ event }: { event: EventPageData }) {
  const language = useLanguage()
  const { t } = language
  return (
    <Page
      title={language.topic(event.topic)}
      backAction={{ content: t('event.back'), url: '/app/activity' }}
      titleMetadata={<EventBadge outcome={event.outcome} />}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <WhatItDid event={event} />
            <AttemptsSince event={event} />
            <PayloadCard key={event.id} id={event.id} payload={event.payload} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <RecordCard record={event.record} now={event.now} none={t('event.record.none')} />
            <EventFacts event={event} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function WhatItDid({ event }: { event: EventPageData }) {
  const { t, told } = useLanguage()
  return (
    <TitledCard title={t('event.what')}>
      <Text as="p">{t(`event.meaning.${event.outcome}`)}</Text>
      {event.detail && (
        <Text as="p" tone="subdued">
          {told(event.detail)}
        </Text>
      )}
      <ReplayButtons event={event} />
    </TitledCard>
  )
}

function ReplayButtons({ event: { id, receivedAt, canBeReplayed } }: { event: EventPageData }) {
  const { t } = useLanguage()
  return (
    <div className={styles.commands}>
      <CommandButton
        name={`replay-event ${id}`}
        words={t('event.replay')}
        fields={{ intent: 'replay-event', event: id }}
        isPossible={canBeReplayed}
      />
      <CommandButton
        name={`replay-events ${id}`}
        words={t('event.replay.since')}
        fields={{ intent: 'replay-events', since: receivedAt }}
        isPossible={canBeReplayed}
      />
    </div>
  )
}

function AttemptsSince({ event }: { event: EventPageData }) {
  const { t } = useLanguage()
  const leadsToACall = LEADS_TO_CALLS[event.outcome]
  const empty = t(leadsToACall ? 'event.attempts.none' : 'event.attempts.unneeded')
  const shown = leadsToACall && event.attempts.length > 0
  return (
    <TableCard title={t('event.attempts')} empty={shown ? null : empty}>
      <AttemptTable attempts={event.attempts} now={event.now} label={t('event.attempts')} by="try" />
    </TableCard>
  )
}

function EventFacts({ event }: { event: EventPageData }) {
  const { t, bytes } = useLanguage()
  const facts = [
    { name: t('event.topic'), value: <Code>{event.topic}</Code> },
    { name: t('event.received'), value: <ExactTime at={event.receivedAt} /> },
    ...(event.triggeredAt
      ? [{ name: t('event.triggered'), value: <ExactTime at={event.triggeredAt} /> }]
      : []),
    ...(event.replayedAt ? [{ name: t('event.replayed'), value: <ExactTime at={event.replayedAt} /> }] : []),
    { name: t('event.store'), value: event.store },
    { name: t('event.platform'), value: t(`platform.${event.platform}`) },
    ...(event.apiVersion ? [{ name: t('event.apiVersion'), value: event.apiVersion }] : []),
    { name: t('event.size'), value: bytes(event.payloadSize) },
    { name: t('event.deliveryId'), value: <Code>{event.deliveryId}</Code> },
  ]
  return (
    <TitledCard title={t('event.facts')}>
      <Facts facts={facts} />
    </TitledCard>
  )
}
