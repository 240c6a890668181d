import { Button, InlineStack } from '@shopify/polaris'
import { type CommandFields } from '../commands/command'
import { CommandFeedback } from './command-feedback'
import styles from './dashboard.module.css'
import { useCommand } from './use-command'

interface CommandButtonProps {
  /** Names the command among those of the page. */
  name: string
  words: string
  fields: CommandFields
  /** Whether it can be given now. What became of it stays on the page when it cannot any more. */
  isPossible?: boolean
}

/** A button that gives a command, with what became of it below. */
export function CommandButton({ name, words, fields, isPossible = true }: CommandButtonProps) {
  const { give, isUnderWay, answer } = useCommand(name)
  return (
    <div className={styles.command}>
      {(isPossible || isUnderWay) && (
        <InlineStack>
          <Button loading={isUnderWay} onClick={() => give(fields)}>
            {words}
          </Button>
        </InlineStack>
      )}
      <CommandFeedback answer={answer} />
    </div>
  )
}
