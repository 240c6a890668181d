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
  const { give, isUnderWay, answer } = useCommand(RUN_COMMANDS)
  const [asked, setAsked] = useState<LeftView | null>(null)
  const remove = ({ resource }: LeftView) => give({ intent: 'remove-resource', resource, confirmed: 'true' })
  return (
    <>
      {left.length > 0 && (
        <TitledCard title={t('left.title')}>
          <BlockStack gap="400">
            <Text as="p">{t(isSettling ? 'left.settling' : 'left.about')}</Text>
            {!isSettling &&
              left.map((one) => (
                <Left key={one.resource} left={one} isDisabled={isUnderWay} onRemove={() => setAsked(one)} />
              ))}
          </BlockStack>
        </TitledCard>
      )}
      <CommandFeedback answer={answer} />
      <Question left={asked} onClose={() => setAsked(null)} onConfirm={remove} />
    </>
  )
}

function Left(props: { left: LeftView; isDisabled: boolean; onRemove: () => void }) {
  const { t } = useLanguage()
  const { resource, failed } = props.left
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="050">
        <Text as="p" fontWeight="semibold">
          {t(`resource.${resource}`)}
        </Text>
        <Text as="p" tone="subdued">
          {[
            t('left.kept', { count: countOf(props.left) }),
            ...(failed > 0 ? [t('left.failed', { count: failed })] : []),
          ].join(' · ')}
        </Text>
      </BlockStack>
      <Button
        tone="critical"
        disabled={props.isDisabled}
        accessibilityLabel={t('left.remove.of', { what: t(`resource.${resource}`) })}
        onClick={props.onRemove}
      >
        {t('left.remove')}
      </Button>
    </InlineStack>
  )
}

interface QuestionProps {
  /** Null while nothing is asked. */
  left: LeftView | null
  onClose(): void
  onConfirm(left: LeftView): void
}

/** Nothing is deleted before a person has said twice that it is meant. */
function Question({ left, onClose, onConfirm }: QuestionProps) {
  const { t } = useLanguage()
  const [isMeant, setMeant] = useState(false)
  const count = left ? countOf(left) : 0
  const close = () => {
    setMeant(false)
    onClose()
  }
  return (
    <ConfirmModal
      id="remove-resource"
      isOpen={left !== null}
      title={t('remove.title', { what: left ? t(`resource.${left.resource}`) : '' })}
      action={t('remove.action')}
      isDestructive
      isReady={isMeant}
      onConfirm={() => left && isMeant && onConfirm(left)}
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
