import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { type CommandAnswer } from '../commands/command'
import { type ConnectionView } from '../presenters/connection.server'
import { AttemptBadge } from './badges'
import { CommandFeedback } from './command-feedback'
import { Facts } from './facts'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'
import { useCommand } from './use-command'

/** Sends an event that does no harm, and shows what came back. */
export function TestEventCard({ connection: { id, pausedAt } }: { connection: ConnectionView }) {
  const { t } = useLanguage()
  const { give, isUnderWay, answer } = useCommand('send-test-event')
  return (
    <TitledCard title={t('test.title')}>
      <Text as="p" tone="subdued">
        {t('test.about')}
      </Text>
      <InlineStack>
        <Button
          loading={isUnderWay}
          disabled={pausedAt !== null}
          onClick={() => give({ intent: 'send-test-event', connection: id })}
        >
          {t('test.action')}
        </Button>
      </InlineStack>
      <BlockStack gap="200">
        <CommandFeedback answer={answer} />
        {!isUnderWay && <TestAnswer answer={answer} />}
      </BlockStack>
    </TitledCard>
  )
}

function TestAnswer({ answer }: { answer: CommandAnswer | null }) {
  const { t, told, duration } = useLanguage()
  if (!answer?.ok || !answer.test) return null
  const { outcome, httpStatus, tookMs, detail } = answer.test
  const facts = [
    { name: t('test.outcome'), value: <AttemptBadge outcome={outcome} /> },
    { name: t('attempt.status'), value: httpStatus === null ? t('attempt.status.none') : String(httpStatus) },
    { name: t('attempt.took'), value: duration(tookMs) },
    ...(detail === null ? [] : [{ name: t('test.said'), value: told(detail) }]),
  ]
  return <Facts facts={facts} />
}
