import { type GraphqlError } from './graphql-answer'

/** What an answer's errors come to. */
export type Verdict =
  | { kind: 'answered'; denied: string[][] }
  /** The budget is used up: nothing was done. */
  | { kind: 'throttled' }
  /** The query may never be asked in this size. */
  | { kind: 'too_costly' }
  /** Shopify failed; the same question may succeed. */
  | { kind: 'failed'; codes: string }
  /** Shopify does not take the question. */
  | { kind: 'refused'; codes: string }

const FAILURES = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'SERVICE_UNAVAILABLE'])

/**
 * Sorts the errors of an answer. Access that is denied is none of the question: the paths of those fields are given back, and all else
 * holds. Only codes are told, as a message might quote what was asked for.
 */
export function sortErrors(errors: readonly GraphqlError[]): Verdict {
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'without code')
  if (codes.includes('THROTTLED')) return { kind: 'throttled' }
  if (codes.includes('MAX_COST_EXCEEDED')) return { kind: 'too_costly' }

  const others = codes.filter((code) => code !== 'ACCESS_DENIED')
  const words = [...new Set(others)].join(', ')
  if (others.length === 0) return { kind: 'answered', denied: errors.map(({ path }) => path ?? []) }
  return others.every((code) => FAILURES.has(code))
    ? { kind: 'failed', codes: words }
    : { kind: 'refused', codes: words }
}
