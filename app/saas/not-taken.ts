import { type DeliveryOutcome } from '../contracts/outcome'
import { type Complaint, MISSING_REFERENCE } from './outcome-of-status'

/**
 * What it means that a SaaS answered with a success and did not take a record, whether the record travelled alone or among others: the
 * status says nothing then, and the code alone tells whether another record must come first.
 *
 * @param unnamed the code where the SaaS gives none
 */
export function notTaken(httpStatus: number, { code, message }: Complaint, unnamed: string): DeliveryOutcome {
  const said = message ? `: ${message}` : '.'
  if (code === MISSING_REFERENCE) {
    const detail = `The SaaS wants a record first that this one refers to${said}`
    return { kind: 'waits', httpStatus, code, detail }
  }
  const detail = `The SaaS answered, and did not take the record${said}`
  return { kind: 'rejected', httpStatus, code: code ?? unnamed, detail }
}
