import { useFetcher } from '@remix-run/react'
import { type ShopifyGlobal } from '@shopify/app-bridge-react'
import { useEffect, useRef } from 'react'
import { type CommandAnswer, type CommandFields, COMMANDS_PATH } from '../commands/command'
import { commandWords } from './command-words'
import { useLanguage } from './language-context'

/** A command that a person gives on a page. */
export interface GivenCommand {
  give(fields: CommandFields): void
  /** Until it is answered, and, where it was carried out, until the page shows it. */
  isUnderWay: boolean
  /** What became of it; null before it was given. */
  answer: CommandAnswer | null
}

/**
 * Gives a command, tells by a toast what became of it, and has the page read anew. What is said must stand on the page as well: see
 * CommandFeedback.
 *
 * @param key of those that share a key, each knows the answer: a button may leave the page with what it was about
 */
export function useCommand(key: string): GivenCommand {
  const fetcher = useFetcher<CommandAnswer>({ key })
  const answer = fetcher.data ?? null
  return {
    give: (fields) => fetcher.submit(formOf(fields), { method: 'post', action: COMMANDS_PATH }),
    isUnderWay: fetcher.state === 'submitting' || (fetcher.state === 'loading' && answer?.ok === true),
    answer,
  }
}

function formOf(fields: CommandFields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  )
}

/** Shows a toast for each new answer. To be used once for each key. */
export function useAnswerToast(answer: CommandAnswer | null): void {
  const language = useLanguage()
  const told = useRef(answer)

  useEffect(() => {
    if (answer === null || answer === told.current) return
    told.current = answer
    // Without App Bridge there is no toast; what stands on the page remains.
    const { shopify } = globalThis as { shopify?: ShopifyGlobal }
    shopify?.toast.show(commandWords(language, answer), { isError: !answer.ok })
  }, [answer, language])
}
