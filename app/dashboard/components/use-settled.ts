import { useEffect, useRef } from 'react'
import { type CommandAnswer } from '../commands/command'

/** Calls once for each new answer, when what it changed stands on the page. */
export function useSettled(
  answer: CommandAnswer | null,
  isUnderWay: boolean,
  onSettled: (answer: CommandAnswer) => void,
): void {
  const seen = useRef(answer)
  useEffect(() => {
    if (answer === null || isUnderWay || answer === seen.current) return
    seen.current = answer
    onSettled(answer)
  })
}
