import { CommandFeedback } from './command-feedback'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { ReasonForm } from './reason-form'
import { useCommand } from './use-command'

/** Takes a record that failed off the list, with the reason of the person. */
export function DismissForm({ id, isPossible }: { id: string; isPossible: boolean }) {
  const { t } = useLanguage()
  const { give, isUnderWay, answer } = useCommand(`dismiss ${id}`)
  return (
    <div className={styles.command}>
      {(isPossible || isUnderWay) && (
        <ReasonForm
          label={t('dismiss.reason')}
          help={t('dismiss.help')}
          action={t('dismiss.action')}
          isUnderWay={isUnderWay}
          onDismiss={(reason) => give({ intent: 'dismiss', id, reason })}
        />
      )}
      <CommandFeedback answer={answer} />
    </div>
  )
}
