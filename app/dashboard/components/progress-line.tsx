import { BlockStack, InlineStack, ProgressBar, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type ResourceProgress } from '../run-progress'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

/** How far a run has come with one resource: a bar, how many of how many, how fast, and how much longer. */
export function ProgressLine({ progress }: { progress: ResourceProgress }) {
  const language = useLanguage()
  const { resource, state, words } = progress
  const id = `progress-${resource}`
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="p" fontWeight="semibold" id={id}>
          {language.t(`resource.${resource}`)}
        </Text>
        <span className={styles.count}>{countWords(language, progress)}</span>
      </InlineStack>
      {progress.total === null ? (
        <div className={styles.bar} />
      ) : (
        <ProgressBar progress={percentOf(progress)} size="small" tone={TONE[state]} ariaLabelledBy={id} />
      )}
      <Text as="p" variant="bodySm" tone={state === 'failed' ? 'critical' : 'subdued'}>
        {[language.t(`progress.${state}`), ...paceWords(language, progress)].join(' · ')}
      </Text>
      {words && (
        <Text as="p" variant="bodySm" tone="subdued">
          {language.told(words)}
        </Text>
      )}
    </BlockStack>
  )
}

const TONE = {
  waiting: 'highlight',
  exporting: 'highlight',
  reading: 'highlight',
  finished: 'success',
  failed: 'critical',
  skipped: 'highlight',
  cancelled: 'highlight',
} as const satisfies Record<ResourceProgress['state'], string>

/** Rounded down: only all is full. */
function percentOf({ state, read, total }: ResourceProgress): number {
  if (state === 'finished') return 100
  return total ? Math.floor((100 * read) / total) : 0
}

function countWords({ t, number }: Language, { state, read, total }: ResourceProgress): string {
  if (state === 'skipped') return ''
  if (total !== null) return t('progress.of', { read, total })
  return read > 0 ? t('progress.so_far', { read: number(read) }) : ''
}

/** Whole seconds: more would only flicker. */
function paceWords({ t, duration }: Language, { perSecond, leftMs }: ResourceProgress): string[] {
  return [
    ...(perSecond === null ? [] : [t('progress.rate', { rate: Math.round(perSecond) })]),
    ...(leftMs === null ? [] : [t('progress.left', { time: duration(Math.ceil(leftMs / 1_000) * 1_000) })]),
  ]
}
