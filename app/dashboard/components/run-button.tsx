import { Button, type ButtonProps } from '@shopify/polaris'
import { useState } from 'react'
import { type CommandFields } from '../commands/command'
import { useCommand } from './use-command'

/** Names the commands about runs: what became of the last one stays on the page when its button has gone. */
export const RUN_COMMANDS = 'runs'

interface RunButtonProps {
  words: string
  fields: CommandFields
  look?: Pick<ButtonProps, 'variant' | 'tone'>
}

/** A button that gives a command about a run. While one is under way, no other can be given. */
export function RunButton({ words, fields, look = {} }: RunButtonProps) {
  const { give, isUnderWay } = useCommand(RUN_COMMANDS)
  const [isPressed, setPressed] = useState(false)
  const press = () => {
    setPressed(true)
    give(fields)
  }
  return (
    <Button {...look} loading={isPressed && isUnderWay} disabled={isUnderWay} onClick={press}>
      {words}
    </Button>
  )
}
