import { BlockStack, ProgressBar, Text } from '@shopify/polaris'
import { type ReevaluationView } from '../presenters/runs.server'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'

/** The looks at all records that are under way: why, how far, and what they found. */
export function RunCard({ runs }: { runs: ReevaluationView[] }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('run.title')}>
      <BlockStack gap="400">
        {runs.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </BlockStack>
    </TitledCard>
  )
}

function Run({ run: { id, resource, done, total, changed, reason } }: { run: ReevaluationView }) {
  const { t, told } = useLanguage()
  const name = resource === null ? t('run.all') : t(`resource.${resource}`)
  const share = total === null || total === 0 ? 0 : Math.floor((100 * done) / total)
  return (
    <BlockStack gap="200">
      <Text as="p" fontWeight="semibold" id={`run-${id}`}>
        {name}
      </Text>
      {reason && <Text as="p">{told(reason)}</Text>}
      <ProgressBar progress={share} size="small" ariaLabelledBy={`run-${id}`} />
      <Text as="p" variant="bodySm" tone="subdued">
        {total === null ? t('run.counting') : t('run.counts', { done, count: total, changed })}
      </Text>
    </BlockStack>
  )
}
