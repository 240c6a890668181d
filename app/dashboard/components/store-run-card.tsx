import { Badge, BlockStack, ButtonGroup, InlineStack, Text } from '@shopify/polaris'
import { type StoreRunView } from '../presenters/runs.server'
import { type ResourceProgress } from '../run-progress'
import { useLanguage } from './language-context'
import { ProgressLine } from './progress-line'
import { RunButton } from './run-button'
import { TitledCard } from './titled-card'

/** The place on the Overview that the banner about a question leads to. */
export const RUN_ANCHOR = 'run'

/** A run through the store that is under way: how far it is with each resource, and what it asks. */
export function StoreRunCard({ run }: { run: StoreRunView }) {
  const { t, told } = useLanguage()
  const { kind, state, isEnding, rests, words, progress } = run
  return (
    <TitledCard title={t(`run.name.${kind}`)} {...(state === 'asking' ? { id: RUN_ANCHOR } : {})}>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Badge tone={state === 'asking' ? 'attention' : 'info'}>
            {t(`run.state.${isEnding ? 'ending' : state}`)}
          </Badge>
        </InlineStack>
        {state === 'asking' ? <Question run={run} /> : words && <Text as="p">{told(words)}</Text>}
        {rests && <Text as="p">{t('run.rests', { why: told(rests) })}</Text>}
        <Progress progress={progress} />
        {state !== 'asking' && (
          <InlineStack>
            <RunButton words={t('run.cancel')} fields={{ intent: 'cancel-run', run: run.id }} />
          </InlineStack>
        )}
      </BlockStack>
    </TitledCard>
  )
}

function Progress({ progress }: { progress: ResourceProgress[] }) {
  return (
    progress.length > 0 && (
      <BlockStack gap="300">
        {progress.map((each) => (
          <ProgressLine key={each.resource} progress={each} />
        ))}
      </BlockStack>
    )
  )
}

function Question({ run: { id, words, gone } }: { run: StoreRunView }) {
  const { t, told } = useLanguage()
  return (
    <BlockStack gap="300">
      <Text as="p">{words ? told(words) : t('run.asking', { count: gone ?? 0 })}</Text>
      <ButtonGroup>
        <RunButton words={t('run.decline')} fields={{ intent: 'decline-run', run: id }} />
        <RunButton
          words={t('run.confirm')}
          fields={{ intent: 'confirm-run', run: id }}
          look={{ tone: 'critical' }}
        />
      </ButtonGroup>
    </BlockStack>
  )
}
