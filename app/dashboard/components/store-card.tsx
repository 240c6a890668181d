import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris'
import { type Resource } from '~/contracts/resource'
import { type EndedRunView, type RunsView } from '../presenters/runs.server'
import { BackfillForm } from './backfill-form'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { RunButton } from './run-button'
import { TitledCard } from './titled-card'

interface StoreCardProps {
  runs: RunsView
  /** The resources that are mirrored. */
  mirrored: Resource[]
  now: string
}

/** What the last runs through the store found, and how to begin another. Nothing while the first is under way. */
export function StoreCard({ runs: { open, ended }, mirrored, now }: StoreCardProps) {
  const { t } = useLanguage()
  const isIdle = open.length === 0
  const hasBackfill = ended.some(({ kind }) => kind === 'backfill')
  if (!isIdle && ended.length === 0) return null
  return (
    <TitledCard title={t('store.title')}>
      <BlockStack gap="400">
        {isIdle && !hasBackfill && <Text as="p">{t('store.never')}</Text>}
        {ended.map((run) => (
          <EndedRun key={run.id} run={run} now={now} isIdle={isIdle} />
        ))}
        {isIdle && <BackfillForm isFirst={!hasBackfill} mirrored={mirrored} now={now} />}
      </BlockStack>
    </TitledCard>
  )
}

function EndedRun({ run, now, isIdle }: { run: EndedRunView; now: string; isIdle: boolean }) {
  const { t, told } = useLanguage()
  const { id, kind, state, endedAt, words } = run
  const canBegin = isIdle && state !== 'finished' && (kind === 'backfill' || kind === 'deep-reconciliation')
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="p" fontWeight="semibold">
          {t(`ended.${kind}`)}
        </Text>
        {state !== 'finished' && (
          <Badge {...(state === 'failed' ? { tone: 'critical' } : {})}>{t(`ended.${state}`)}</Badge>
        )}
      </InlineStack>
      <Text as="p" variant="bodySm" tone="subdued">
        <Moment at={endedAt} now={now} />
      </Text>
      {words && <Text as="p">{told(words)}</Text>}
      {canBegin && (
        <InlineStack>
          <RunButton words={t('run.again')} fields={{ intent: 'start-run-again', run: id }} />
        </InlineStack>
      )}
    </BlockStack>
  )
}
