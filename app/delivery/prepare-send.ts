import { type RecordContext } from '../contracts/record-context'
import { type Envelope } from '../contracts/shared-schema'
import { waitAfter } from '../lib/backoff'
import { toError } from '../lib/errors'
import { sha256 } from '../lib/sha256'
import { type Sealer } from '../lib/sealing'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { type ClaimedRecord } from '../records/claim-records'
import { KEPT_THERE } from '../records/exclusion'
import { type DesiredState, readDesired } from '../records/read-desired'
import { type Settlement } from '../records/settle-records'
import { DIALECTS } from '../saas/dialects'
import { type Connection } from '../shops/read-delivery-target'
import { bodyOf } from './body-of'

/** A record that needs a call, and what the call is to carry. */
export interface Send {
  row: ClaimedRecord
  envelope: Envelope
  bodyHash: string
  /** The hash of the very text that the SaaS sees of it; null where it is never asked what it holds. */
  textHash: string | null
  /** Of a record that is to be removed from the SaaS: why it is left out when that is done. */
  leftOut: string | undefined
  /** About how long its body is. */
  bytes: number
}

/** What it takes to open what is stored, and to say that it cannot be opened or sent now. */
export interface PrepareOptions {
  clock: Clock
  sealer: Sealer
  logger: Logger
}

/** What is to be sent of a claimed record; or how it is settled without a call. Never throws. */
export function prepareSend(
  row: ClaimedRecord,
  context: RecordContext,
  connection: Connection,
  options: PrepareOptions,
): { kind: 'send'; send: Send } | { kind: 'settle'; settlement: Settlement } {
  const desired = desiredOf(row, context, options)
  if (desired.kind === 'unreadable')
    return settle({ kind: 'dead', code: 'UNREADABLE', words: UNREADABLE, cause: 'UNREADABLE' })
  if (desired.kind === 'excluded') return settle({ kind: 'excluded', words: desired.words })
  if (desired.kind === 'unsettled') return settle(inAMoment(row.attempts + 1, options.clock()))

  const { envelope, leftOut } = desired
  const dialect = DIALECTS[connection.dialect]
  const cannotCarry = dialect.excludes(envelope)
  // What cannot be removed from the SaaS is there still.
  if (cannotCarry !== null)
    return settle({ kind: 'excluded', words: leftOut === undefined ? cannotCarry : KEPT_THERE })

  const { hash, bytes } = bodyOf(envelope, dialect)
  if (hash === row.deliveredBodyHash && isThere(row, connection))
    return settle({ kind: 'same', bodyHash: hash, leftOut })
  const text = dialect.digest?.eventText(envelope)
  const textHash = text === undefined ? null : sha256(text)
  return { kind: 'send', send: { row, envelope, bodyHash: hash, textHash, leftOut, bytes } }
}

/** A record that is mirrored again waits to be composed anew: the run is under way. It waits as after failed calls, for the run may have failed. */
function inAMoment(tries: number, now: Date): Settlement {
  const code = 'MIRRORED_AGAIN'
  const wait = waitAfter(tries)
  if (wait === null) return { kind: 'dead', code, words: NOT_COMPOSED, cause: code }
  const words = 'It was to be removed from the SaaS, and is mirrored again; it is sent in a moment.'
  return {
    kind: 'later',
    state: 'retrying',
    dueAt: new Date(now.getTime() + wait),
    counts: true,
    code,
    words,
  }
}

const NOT_COMPOSED =
  'It was to be removed from the SaaS, and is mirrored again; for more than a day nothing has come of it. Stop mirroring this resource, and mirror it again.'

/** Whether what was delivered was delivered to where records go now. */
function isThere({ deliveredGeneration }: ClaimedRecord, { addressGeneration }: Connection): boolean {
  return deliveredGeneration !== null && deliveredGeneration >= addressGeneration
}

const UNREADABLE =
  'The stored state of this record cannot be read. Check that PARITY_ENCRYPTION_KEY has the key that it was stored with.'

function desiredOf(
  row: ClaimedRecord,
  context: RecordContext,
  { sealer, logger }: PrepareOptions,
): DesiredState | { kind: 'unreadable' } {
  try {
    return readDesired(row, context, sealer)
  } catch (error) {
    logger.error({ err: toError(error), recordId: row.id }, 'delivery.unreadable')
    return { kind: 'unreadable' }
  }
}

function settle(settlement: Settlement): { kind: 'settle'; settlement: Settlement } {
  return { kind: 'settle', settlement }
}
