import { BlockStack, Button, Checkbox, InlineStack, Text } from '@shopify/polaris'
import { useState } from 'react'
import { type LeftView } from '../presenters/mirror-page.server'
import { CommandFeedback } from './command-feedback'
import { ConfirmModal } from './confirm-modal'
import { useLanguage } from './language-context'
import { RUN_COMMANDS } from './run-button'
import { TitledCard } from './titled-card'
import { useCommand } from './use-command'

/** What the SaaS still has of what is not mirrored any more, and how to have it removed. */
export function LeftCard({ left, isSettling }: { left: LeftView[]; isSettling: boolean }) {
  const { t } = useLanguage()
  const { answer } = useCommand(RUN_COMMANDS)
  return (
    <>
      <CommandFeedback answer={answer} />
      {left.length > 0 && (
        <TitledCard title={t('left.title')}>
          <BlockStack gap="400">
            <Text as="p">{t(isSettling ? 'left.settling' : 'left.about')}</Text>
            {!isSettling && left.map((one) => <Left key={one.resource} left={one} />)}
          </BlockStack>
        </TitledCard>
      )}
    </>
  )
}

function Left({ left }: { left: LeftView }) {
  const { t } = useLanguage()
  const { give, isUnderWay } = useCommand(RUN_COMMANDS)
  const [isAsking, setAsking] = useState(false)
  const { resource, failed } = left
  const what = t(`resource.${resource}`)
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="050">
        <Text as="p" fontWeight="semibold">
          {what}
        </Text>
        <Text as="p" tone="subdued">
          {t('left.kept', { count: countOf(left) })}
          {failed > 0 && ` · ${t('left.failed', { count: failed })}`}
        </Text>
      </BlockStack>
      <Button
        tone="critical"
        disabled={isUnderWay}
        accessibilityLabel={t('left.remove.of', { what })}
        onClick={() => setAsking(true)}
      >
        {t('left.remove')}
      </Button>
      <Question
        left={left}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => give({ intent: 'remove-resource', resource, confirmed: 'true' })}
      />
    </InlineStack>
  )
}

interface QuestionProps {
  left: LeftView
  isOpen: boolean
  onClose(): void
  onConfirm(): void
}

/** Nothing is deleted before a person has said twice that it is meant. */
function Question({ left, isOpen, onClose, onConfirm }: QuestionProps) {
  const { t } = useLanguage()
  const [isMeant, setMeant] = useState(false)
  const count = countOf(left)
  const close = () => {
    setMeant(false)
    onClose()
  }
  return (
    <ConfirmModal
      id={`remove-${left.resource}`}
      isOpen={isOpen}
      title={t('remove.title', { what: t(`resource.${left.resource}`) })}
      action={t('remove.action')}
      isDestructive
      isReady={isMeant}
      onConfirm={onConfirm}
      onClose={close}
    >
      <BlockStack gap="300">
        <Text as="p">{t('remove.body', { count })}</Text>
        <Text as="p">{t('remove.back')}</Text>
        <Checkbox label={t('remove.confirm', { count })} checked={isMeant} onChange={setMeant} />
      </BlockStack>
    </ConfirmModal>
  )
}

function countOf({ onTheWay, failed, kept }: LeftView): number {
  return onTheWay + failed + kept
}
