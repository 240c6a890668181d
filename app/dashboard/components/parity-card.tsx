import { BlockStack, Box, Card, Divider, Icon, InlineStack, Text } from '@shopify/polaris'
import { CheckCircleIcon } from '@shopify/polaris-icons'
import { type Language } from '../language'
import { type WordKey } from '../words'
import { sumOf, type Counts, type Parity, type ResourceCounts } from '../parity'
import { type ConnectionView } from '../presenters/connection.server'
import { type FreshnessView } from '../presenters/freshness.server'
import styles from './dashboard.module.css'
import { useEver } from './use-ever'
import { useLanguage } from './language-context'
import { FreshnessLines } from './freshness-lines'
import { ShareBar } from './share-bar'
import { Spoken } from './spoken'

interface ParityCardProps {
  parity: Parity
  resources: ResourceCounts[]
  hasRecords: boolean
  freshness: FreshnessView
  connection: ConnectionView | null
}

/** The one number, its picture, and what it counts; or what happens next, while there is nothing to count. */
export function ParityCard(props: ParityCardProps) {
  const { t } = useLanguage()
  const { share } = props.parity
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {t('parity.title')}
          </Text>
          <span className={styles.live}>
            <span className={styles.pulse} />
            <Text as="span" variant="bodySm">
              {t('overview.live')}
            </Text>
          </span>
        </InlineStack>
        {share === null ? <Nothing {...props} /> : <TheNumber {...props} share={share} />}
      </BlockStack>
    </Card>
  )
}

function TheNumber({ parity, resources, freshness, share }: ParityCardProps & { share: number }) {
  const language = useLanguage()
  const total = sumOf(resources)
  return (
    <BlockStack gap="400">
      <InlineStack gap="200" blockAlign="center">
        <span className={styles.number}>{language.percent(share)}</span>
        {share === 1 && (
          <span className={styles.check}>
            <Icon source={CheckCircleIcon} tone="success" />
          </span>
        )}
        <Spoken words={spoken(language, parity, share)} />
      </InlineStack>
      <Text as="p" tone="subdued">
        {sentence(language, parity)}
      </Text>
      <ShareBar counts={total} large />
      <Legend counts={total} />
      <Divider />
      <FreshnessLines freshness={freshness.all} />
    </BlockStack>
  )
}

function Nothing({ hasRecords, connection }: ParityCardProps) {
  const { t } = useLanguage()
  const connected = connection !== null && connection.state !== 'not_connected'
  const body = hasRecords
    ? 'parity.empty.settled'
    : connected
      ? 'parity.empty.connected'
      : 'parity.empty.not_connected'
  return (
    <Box paddingBlock="400">
      <BlockStack gap="200">
        {!hasRecords && (
          <Text as="p" variant="headingLg">
            {t('parity.empty.title')}
          </Text>
        )}
        <Text as="p" tone="subdued">
          {t(body)}
        </Text>
      </BlockStack>
    </Box>
  )
}

/** What there is none of is left out, but for the three that everybody looks for, and for what there was since the page was opened. */
function Legend({ counts }: { counts: Counts }) {
  const { t, number } = useLanguage()
  const shown = useEver(
    LEGEND.filter(({ state, isAlways }) => isAlways || counts[state] > 0).map(({ state }) => state),
  )
  return (
    <ul className={styles.legend}>
      {LEGEND.filter(({ state }) => shown.includes(state)).map(({ state, words, colour }) => (
        <li key={state}>
          <span className={`${styles.dot} ${colour}`} />
          <Text as="span" variant="bodySm" tone="subdued">
            {t(words)}
          </Text>
          <Text as="span" variant="bodySm" fontWeight="semibold" numeric>
            {number(counts[state])}
          </Text>
        </li>
      ))}
    </ul>
  )
}

const LEGEND = [
  { state: 'inStep', words: 'count.in_step', colour: styles.inStep, isAlways: true },
  { state: 'deleted', words: 'count.deleted', colour: styles.inStep, isAlways: false },
  { state: 'waiting', words: 'count.waiting', colour: styles.waiting, isAlways: true },
  { state: 'retrying', words: 'count.retrying', colour: styles.waiting, isAlways: false },
  { state: 'held', words: 'count.held', colour: styles.waiting, isAlways: false },
  { state: 'failed', words: 'count.failed', colour: styles.failed, isAlways: true },
  { state: 'unknown', words: 'count.unknown', colour: styles.unknown, isAlways: false },
  { state: 'excluded', words: 'count.excluded', colour: styles.excluded, isAlways: false },
] as const satisfies { state: keyof Counts; words: WordKey; colour: string | undefined; isAlways: boolean }[]

function sentence({ t }: Language, { inStep, expected }: Parity): string {
  return inStep === expected
    ? t('parity.complete', { count: expected })
    : t('parity.of', { inStep, count: expected })
}

function spoken({ t, percent }: Language, { inStep, expected }: Parity, share: number): string {
  return t('parity.spoken', { percent: percent(share), inStep, count: expected })
}
