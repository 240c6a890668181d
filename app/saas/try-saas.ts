import { type DeliveryOutcome } from '../contracts/outcome'
import { type Platform } from '../contracts/resource'
import { askOnce } from './ask-once'
import { type CallOptions } from './call-saas'
import { complaintOf } from './complaint'
import { type Dialect, type SaasAnswer, type SaasSilence } from './dialect'
import { outcomeOfStatus } from './outcome-of-status'
import { parseAnswer } from './parse-answer'
import { testEvent } from './test-event'

/** Why a SaaS cannot be connected: which of the two that a person has typed is to be looked at, and a code whose words are `field.<code>`. */
export interface SaasFault {
  field: 'address' | 'apiKey'
  code: string
}

/** Whom a SaaS is tried for, and how it is reached. */
export interface TryOptions extends Pick<CallOptions, 'address' | 'apiKey' | 'givenBy' | 'timeoutMs'> {
  source: Platform
  store: string
  now: Date
}

/**
 * Tries a SaaS before it is connected: asks for its status or, of one that tells none, sends it an event without anything in it, which it is to
 * refuse. Neither changes anything there.
 *
 * @returns why it cannot be connected; null when it can
 */
export async function trySaas(dialect: Dialect, options: TryOptions): Promise<SaasFault | null> {
  const status = dialect.batch && (await askOnce(dialect.batch.limitRequest, options))
  if (status && !tellsNoStatus(status)) return faultOfStatus(status)

  const event = testEvent(options.source, options.store, options.now)
  return faultOfRefusal(await askOnce({ ...dialect.request(event), body: '{}' }, options))
}

/** Whoever refuses an empty event in JSON, and not for the address or the key, is at home there. */
function faultOfRefusal(answer: SaasAnswer | SaasSilence): SaasFault | null {
  if (answer.kind === 'silence') return faultOfSilence(answer)
  const json = parseAnswer(answer)
  const isTaken = answer.status >= 200 && answer.status < 300
  const fault = isTaken ? null : faultOfOutcome(outcomeOfStatus(answer, complaintOf(json), false))
  return fault ?? (json === undefined ? NOT_A_SAAS : null)
}

/** A SaaS need not offer it. */
function tellsNoStatus(answer: SaasAnswer | SaasSilence): boolean {
  return answer.kind === 'answer' && [404, 405, 501].includes(answer.status)
}

function faultOfStatus(answer: SaasAnswer | SaasSilence): SaasFault | null {
  if (answer.kind === 'silence') return faultOfSilence(answer)
  const json = parseAnswer(answer)
  if (answer.status < 200 || answer.status >= 300)
    return faultOfOutcome(outcomeOfStatus(answer, complaintOf(json), false)) ?? NOT_A_SAAS
  const isStatus = typeof json === 'object' && json !== null && !('success' in json && json.success !== true)
  return isStatus ? null : NOT_A_SAAS
}

const SILENCES: Readonly<Record<string, string>> = {
  TIMEOUT: 'ADDRESS_TIMEOUT',
  CONNECTION_REFUSED: 'ADDRESS_CLOSED',
  DNS: 'ADDRESS_UNKNOWN',
  TLS: 'ADDRESS_TLS',
  NOT_PUBLIC: 'ADDRESS_NOT_PUBLIC',
}

function faultOfSilence({ code }: SaasSilence): SaasFault {
  return atAddress(SILENCES[code] ?? 'ADDRESS_UNREACHABLE')
}

const atAddress = (code: string): SaasFault => ({ field: 'address', code })
const NOT_A_SAAS = atAddress('ADDRESS_NOT_A_SAAS')

/** What the answer says of address and key; null when both are right, whatever became of what was sent. */
function faultOfOutcome(outcome: DeliveryOutcome): SaasFault | null {
  switch (outcome.kind) {
    case 'delivered':
    case 'superseded':
    case 'waits':
      return null
    case 'rejected':
      if (outcome.httpStatus >= 300 && outcome.httpStatus < 400) return atAddress('ADDRESS_MOVED')
      return null
    case 'misdirected':
      return atAddress('ADDRESS_NOT_FOUND')
    case 'unauthorised':
      return { field: 'apiKey', code: 'KEY_REFUSED' }
    case 'paused':
      return { field: 'apiKey', code: 'ACCOUNT_PAUSED' }
    case 'unavailable':
      return atAddress((outcome.httpStatus ?? 500) >= 500 ? 'SAAS_BROKEN' : 'SAAS_BUSY')
  }
}
