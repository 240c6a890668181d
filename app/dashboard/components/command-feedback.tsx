import { Text } from '@shopify/polaris'
import { type CommandAnswer } from '../commands/command'
import { commandWords } from './command-words'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { useAnswerToast } from './use-command'

/** Says, where the button stands, what became of a command; it is read out when it comes. */
export function CommandFeedback({ answer }: { answer: CommandAnswer | null }) {
  const language = useLanguage()
  useAnswerToast(answer)
  return (
    <div role="status" className={styles.feedback}>
      {answer && (
        <Text as="p" tone={answer.ok ? 'subdued' : 'critical'}>
          {commandWords(language, answer)}
        </Text>
      )}
    </div>
  )
}
