import { type Resource } from '~/contracts/resource'
import { type WordKey } from './words'

/** What records fail of, as far as it makes a difference to a person. */
export type FailureKind =
  | 'invalid'
  | 'conflict'
  | 'too_large'
  | 'not_taken'
  | 'reference'
  | 'unavailable'
  | 'unreadable'
  | 'internal'
  | 'refused'
  | 'various'

/** The codes that dialects, calls and the built-in receiver give; a SaaS has codes of its own, too. */
const KINDS = new Map<string, FailureKind>(
  Object.entries({
    VALIDATION_ERROR: 'invalid',
    HTTP_400: 'invalid',
    HTTP_422: 'invalid',
    HTTP_409: 'conflict',
    HTTP_413: 'too_large',
    PAYLOAD_TOO_LARGE: 'too_large',
    SKIPPED: 'not_taken',
    ERROR: 'not_taken',
    MISSING_REFERENCE: 'reference',
    TIMEOUT: 'unavailable',
    CONNECTION_REFUSED: 'unavailable',
    CONNECTION_RESET: 'unavailable',
    DNS: 'unavailable',
    TLS: 'unavailable',
    NETWORK: 'unavailable',
    CUT_OFF: 'unavailable',
    UNREADABLE_ANSWER: 'unavailable',
    RATE_LIMITED: 'unavailable',
    SYNC_ERROR: 'unavailable',
    HTTP_408: 'unavailable',
    HTTP_425: 'unavailable',
    HTTP_429: 'unavailable',
    UNREADABLE: 'unreadable',
    INTERNAL: 'internal',
    // Their own words say what to do: nothing is wrong with the record.
    SAAS_HAS_NEWER: 'various',
    MIRRORED_AGAIN: 'various',
  }),
)

/** The kind of a failure by its code; null stands for those that are told apart no further. */
export function failureKind(code: string | null): FailureKind {
  if (code === null) return 'various'
  return KINDS.get(code) ?? (/^HTTP_5\d\d$/.test(code) ? 'unavailable' : 'refused')
}

/** What a SaaS often wants, and what to do about it: the first that the complaint speaks of. */
const HINTS: readonly { resource: Resource; says: RegExp; key: WordKey }[] = [
  { resource: 'product', says: /\bprice\b/i, key: 'failure.todo.price' },
  { resource: 'customer', says: /\be-?mail\b/i, key: 'failure.todo.email' },
]

/** The words for what a person can do about records that failed. */
export function failureTodo(kind: FailureKind, resource: Resource, complaint: string | null): WordKey {
  switch (kind) {
    case 'invalid':
    case 'not_taken':
    case 'refused':
      return (
        HINTS.find((hint) => hint.resource === resource && hint.says.test(complaint ?? ''))?.key ??
        `failure.todo.correct.${resource}`
      )
    case 'conflict':
    case 'too_large':
    case 'reference':
    case 'unavailable':
    case 'unreadable':
    case 'internal':
    case 'various':
      return `failure.todo.${kind}`
  }
}
