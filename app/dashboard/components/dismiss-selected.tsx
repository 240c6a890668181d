import { BlockStack, Button, ButtonGroup, TextField } from '@shopify/polaris'
import { useState, type FormEvent } from 'react'
import { useLanguage } from './language-context'

/** As app/records/dismiss-records.ts has it. */
const LONGEST_REASON = 300

interface DismissSelectedProps {
  isUnderWay: boolean
  onCancel(): void
  onDismiss(reason: string): void
}

/** Asks a person why the selected records need not be delivered. */
export function DismissSelected({ isUnderWay, onCancel, onDismiss }: DismissSelectedProps) {
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
          label={t('records.dismiss.reason')}
          helpText={t('records.dismiss.help')}
          value={reason}
          onChange={setReason}
          maxLength={LONGEST_REASON}
          autoComplete="off"
          focused
        />
        <ButtonGroup>
          <Button submit loading={isUnderWay}>
            {t('dismiss.action')}
          </Button>
          <Button variant="tertiary" disabled={isUnderWay} onClick={onCancel}>
            {t('records.dismiss.cancel')}
          </Button>
        </ButtonGroup>
      </BlockStack>
    </form>
  )
}
