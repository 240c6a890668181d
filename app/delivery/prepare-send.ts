import { type Envelope } from '../contracts/shared-schema'
import { toError } from '../lib/errors'
import { type Sealer } from '../lib/sealing'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { type DesiredState, readDesired } from '../records/read-desired'
import { type RecordRow } from '../records/record-row'
import { type Settlement } from '../records/settle-record'
import { type Dialect } from '../saas/dialect'
import { DIALECTS } from '../saas/dialects'
import { type DeliveryTarget } from '../shops/read-delivery-target'
import { type Access, resolveAccess } from './resolve-access'
import { hold } from './settlement-of'

/** All that a call needs. */
export interface Send {
  envelope: Envelope
  dialect: Dialect
  access: Extract<Access, { kind: 'address' }>
}

export interface PrepareOptions {
  sealer: Sealer
  logger: Logger
  clock: Clock
  /** The operator's key, read at call time. */
  environmentKey(): string | undefined
  /** Where the built-in receiver listens. */
  builtInAddress: string
}

/** What is to be sent of a claimed record, and to where; or how it is settled without a call. Never throws. */
export function prepareSend(
  row: RecordRow,
  target: DeliveryTarget,
  options: PrepareOptions,
): { kind: 'send'; send: Send } | { kind: 'settle'; settlement: Settlement } {
  const desired = desiredOf(row, target, options)
  if (desired.kind === 'unreadable') return settle({ kind: 'dead', code: 'UNREADABLE', words: UNREADABLE })
  if (desired.kind === 'excluded') return settle({ kind: 'excluded', words: desired.words })

  const { envelope } = desired
  const dialect = DIALECTS[target.connection.dialect]
  const cannotCarry = dialect.excludes(envelope)
  if (cannotCarry !== null) return settle({ kind: 'excluded', words: cannotCarry })

  const access = resolveAccess(target, options)
  if (access.kind === 'none') return settle(hold('NOT_CONNECTED', access.words, options.clock()))
  return { kind: 'send', send: { envelope, dialect, access } }
}

const UNREADABLE =
  'The stored state of this record cannot be read. Check that PARITY_ENCRYPTION_KEY has the key that it was stored with.'

function desiredOf(
  row: RecordRow,
  target: DeliveryTarget,
  { sealer, logger }: PrepareOptions,
): DesiredState | { kind: 'unreadable' } {
  try {
    return readDesired(row, target.context, sealer)
  } catch (error) {
    logger.error({ err: toError(error), recordId: row.id }, 'delivery.unreadable')
    return { kind: 'unreadable' }
  }
}

function settle(settlement: Settlement): { kind: 'settle'; settlement: Settlement } {
  return { kind: 'settle', settlement }
}
