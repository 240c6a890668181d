import { BlockStack, Button, ButtonGroup, TextField } from '@shopify/polaris'
import { useState, type FormEvent } from 'react'
import { type FailureGroup } from '../presenters/failures.server'
import { useLanguage } from './language-context'
import { useCommand } from './use-command'

/** Names the commands about groups: what became of the last one stays on the page when its group has gone. */
export const FAILURE_COMMANDS = 'failures'
/** As app/records/dismiss-records.ts has it. */
const LONGEST_REASON = 300

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
        <DismissGroup
          count={count}
          isUnderWay={isGiving('dismiss-group')}
          onCancel={() => setAsked(false)}
          onDismiss={(reason) => press('dismiss-group', { reason })}
        />
      )}
    </BlockStack>
  )
}

interface DismissGroupProps {
  count: number
  isUnderWay: boolean
  onCancel(): void
  onDismiss(reason: string): void
}

function DismissGroup({ count, isUnderWay, onCancel, onDismiss }: DismissGroupProps) {
  const { t } = useLanguage()
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDismiss(reason)
  }
  return (
    <form onSubmit={submit}>
      <BlockStack gap="200">
        <TextField
          label={t('failure.dismiss.reason')}
          helpText={t('failure.dismiss.help')}
          value={reason}
          onChange={setReason}
          maxLength={LONGEST_REASON}
          autoComplete="off"
        />
        <ButtonGroup>
          <Button submit tone="critical" loading={isUnderWay}>
            {t('failure.dismiss', { count })}
          </Button>
          <Button variant="tertiary" disabled={isUnderWay} onClick={onCancel}>
            {t('failure.dismiss.cancel')}
          </Button>
        </ButtonGroup>
      </BlockStack>
    </form>
  )
}
