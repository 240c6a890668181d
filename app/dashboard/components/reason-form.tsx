import { BlockStack, Button, ButtonGroup, TextField } from '@shopify/polaris'
import { useState, type FormEvent } from 'react'
import { LONGEST_REASON } from '~/contracts/dismissal'

interface ReasonFormProps {
  label: string
  help: string
  /** The words on the button that dismisses. */
  action: string
  isDestructive?: boolean
  /** Whether the field takes the focus as it appears. */
  isFocused?: boolean
  isUnderWay: boolean
  /** How a person thinks better of it; none where the form stands open. */
  cancel?: { words: string; onCancel(): void }
  onDismiss(reason: string): void
}

/** Asks a person why something need not be delivered. */
export function ReasonForm(props: ReasonFormProps) {
  const {
    label,
    help,
    action,
    isDestructive = false,
    isFocused = false,
    isUnderWay,
    cancel,
    onDismiss,
  } = props
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDismiss(reason)
  }
  return (
    <form onSubmit={submit}>
      <BlockStack gap="200">
        <TextField
          label={label}
          helpText={help}
          value={reason}
          onChange={setReason}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          {...(isFocused ? { focused: true } : {})}
        />
        <ButtonGroup>
          <Button submit loading={isUnderWay} {...(isDestructive ? { tone: 'critical' } : {})}>
            {action}
          </Button>
          {cancel && (
            <Button variant="tertiary" disabled={isUnderWay} onClick={cancel.onCancel}>
              {cancel.words}
            </Button>
          )}
        </ButtonGroup>
      </BlockStack>
    </form>
  )
}
