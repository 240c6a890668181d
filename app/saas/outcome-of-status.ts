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
  const code = complaint.code ?? `HTTP_${httpStatus}`
  const said = complaint.message ? `: ${complaint.message}` : ''
  const because = (sentence: string) => ({ httpStatus, code, detail: `${sentence} (${httpStatus})${said}` })

  switch (httpStatus) {
    case 409:
    case 422:
      return code === MISSING_REFERENCE
        ? { kind: 'waits', ...because('The SaaS wants a record first that this one refers to') }
        : { kind: 'rejected', ...because('The SaaS refused the record') }
    case 400:
    case 413:
    case 415:
      return { kind: 'rejected', ...because('The SaaS refused the record') }
    case 404:
      return deletes
        ? { kind: 'delivered', httpStatus }
        : { kind: 'misdirected', ...because('The SaaS knows no such address') }
    case 405:
    case 410:
      return { kind: 'misdirected', ...because('The SaaS knows no such address') }
    case 401:
    case 403:
      return { kind: 'unauthorised', ...because('The SaaS refused the API key') }
    case 402:
    case 423:
      return { kind: 'paused', ...because('The SaaS has paused this account') }
    case 408:
    case 425:
    case 429:
      return unavailable('The SaaS asked for patience')
    default:
      return httpStatus >= 500
        ? unavailable('The SaaS had an error of its own')
        : { kind: 'rejected', ...because('The SaaS gave an unexpected answer') }
  }

  function unavailable(sentence: string): DeliveryOutcome {
    return { kind: 'unavailable', ...because(sentence), ...(retryAfterMs === null ? {} : { retryAfterMs }) }
  }
}
