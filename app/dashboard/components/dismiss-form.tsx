import { BlockStack, Button, InlineStack, TextField } from '@shopify/polaris'
import { useState, type FormEvent } from 'react'
import { CommandFeedback } from './command-feedback'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { useCommand } from './use-command'

/** As app/records/dismiss-records.ts has it. */
const LONGEST_REASON = 300

/** Takes a record that failed off the list, with the reason of the person. */
export function DismissForm({ id, isPossible }: { id: string; isPossible: boolean }) {
  const { t } = useLanguage()
  const { give, isUnderWay, answer } = useCommand(`dismiss ${id}`)
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    give({ intent: 'dismiss', id, reason })
  }
  return (
    <div className={styles.command}>
      {(isPossible || isUnderWay) && (
        <form onSubmit={submit}>
          <BlockStack gap="200">
            <TextField
              label={t('dismiss.reason')}
              helpText={t('dismiss.help')}
              value={reason}
              onChange={setReason}
              maxLength={LONGEST_REASON}
              autoComplete="off"
            />
            <InlineStack>
              <Button submit loading={isUnderWay}>
                {t('dismiss.action')}
              </Button>
            </InlineStack>
          </BlockStack>
        </form>
      )}
      <CommandFeedback answer={answer} />
    </div>
  )
}
