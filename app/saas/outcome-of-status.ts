import { type DeliveryOutcome } from '../contracts/outcome'
import { type SaasAnswer } from './dialect'

/** What the SaaS says of its refusal, as far as its dialect could read it, each in `words`. */
export interface Complaint {
  code: string | null
  message: string | null
}

/** What a SaaS says when a record that this one refers to is missing there. */
export const MISSING_REFERENCE = 'MISSING_REFERENCE'
const MAX_WORDS = 300

/** What a SaaS wrote, as one short line of printable text: a NUL in it could not even be stored. */
export function words(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_WORDS)
    .toWellFormed()
}

/**
 * What an answer that is no 2xx means, in every dialect. Total: a status that nobody knows is a rejection with the status as
 * its reason.
 *
 * @param deletes whether a 404 means that there was nothing to delete, which is a success
 */
export function outcomeOfStatus(answer: SaasAnswer, complaint: Complaint, deletes: boolean): DeliveryOutcome {
  const { status: httpStatus, retryAfterMs } = answer
  if (httpStatus === 404 && deletes) return { kind: 'delivered', httpStatus }

  const code = complaint.code ?? `HTTP_${httpStatus}`
  const { kind, sentence } = meaningOf(httpStatus, code)
  const said = complaint.message ? `: ${complaint.message}` : ''
  const because = { httpStatus, code, detail: `${sentence} (${httpStatus})${said}` }
  return kind === 'unavailable' && retryAfterMs !== null
    ? { kind, ...because, retryAfterMs }
    : { kind, ...because }
}

interface Meaning {
  kind: Exclude<DeliveryOutcome['kind'], 'delivered' | 'superseded'>
  sentence: string
}

const REFUSED: Meaning = { kind: 'rejected', sentence: 'The SaaS refused the record' }
const ELSEWHERE: Meaning = { kind: 'misdirected', sentence: 'The SaaS knows no such address' }
const WRONG_KEY: Meaning = { kind: 'unauthorised', sentence: 'The SaaS refused the API key' }
const PAUSED: Meaning = { kind: 'paused', sentence: 'The SaaS has paused this account' }
const BUSY: Meaning = { kind: 'unavailable', sentence: 'The SaaS asked for patience' }
const BROKEN: Meaning = { kind: 'unavailable', sentence: 'The SaaS had an error of its own' }
const STRANGE: Meaning = { kind: 'rejected', sentence: 'The SaaS gave an unexpected answer' }
const WAITS: Meaning = { kind: 'waits', sentence: 'The SaaS wants a record first that this one refers to' }

const MEANINGS: Partial<Record<number, Meaning>> = {
  ...{ 400: REFUSED, 409: REFUSED, 413: REFUSED, 415: REFUSED, 422: REFUSED },
  ...{ 404: ELSEWHERE, 405: ELSEWHERE, 410: ELSEWHERE },
  ...{ 401: WRONG_KEY, 403: WRONG_KEY },
  ...{ 402: PAUSED, 423: PAUSED },
  ...{ 408: BUSY, 425: BUSY, 429: BUSY },
}

function meaningOf(status: number, code: string): Meaning {
  if (code === MISSING_REFERENCE && (status === 409 || status === 422)) return WAITS
  return MEANINGS[status] ?? (status >= 500 ? BROKEN : STRANGE)
}
