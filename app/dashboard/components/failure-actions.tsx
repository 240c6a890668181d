import { BlockStack, Button, ButtonGroup } from '@shopify/polaris'
import { useState } from 'react'
import { type FailureGroup } from '../presenters/failures.server'
import { useLanguage } from './language-context'
import { ReasonForm } from './reason-form'
import { useCommand } from './use-command'

/** Names the commands about groups: what became of the last one stays on the page when its group has gone. */
export const FAILURE_COMMANDS = 'failures'

/** Sends a whole group again, or dismisses it with a reason. While one command is under way, no other can be given. */
export function FailureActions({ group: { resource, cause, count } }: { group: FailureGroup }) {
  const { t } = useLanguage()
  const { give, isUnderWay } = useCommand(FAILURE_COMMANDS)
  const [pressed, setPressed] = useState<'replay-group' | 'dismiss-group' | null>(null)
  const [isAsked, setAsked] = useState(false)
  const press = (intent: 'replay-group' | 'dismiss-group', more = {}) => {
    setPressed(intent)
    give({ intent, resource, cause, ...more })
  }
  const isGiving = (intent: typeof pressed) => isUnderWay && pressed === intent
  return (
    <BlockStack gap="300">
      <ButtonGroup>
        <Button
          loading={isGiving('replay-group')}
          disabled={isUnderWay}
          onClick={() => press('replay-group')}
        >
          {t('failure.replay', { count })}
        </Button>
        {!isAsked && (
          <Button variant="tertiary" disabled={isUnderWay} onClick={() => setAsked(true)}>
            {t('failure.dismiss', { count })}
          </Button>
        )}
      </ButtonGroup>
      {isAsked && (
        <ReasonForm
          label={t('failure.dismiss.reason')}
          help={t('failure.dismiss.help')}
          action={t('failure.dismiss', { count })}
          isDestructive
          isUnderWay={isGiving('dismiss-group')}
          cancel={{ words: t('failure.dismiss.cancel'), onCancel: () => setAsked(false) }}
          onDismiss={(reason) => press('dismiss-group', { reason })}
        />
      )}
    </BlockStack>
  )
}
