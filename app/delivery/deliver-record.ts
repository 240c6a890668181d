import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidV7 } from 'uuid'
import { type DeliveryOutcome } from '../contracts/outcome'
import { type Envelope } from '../contracts/shared-schema'
import { type AttemptOutcome } from '../contracts/states'
import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { canonicalHash } from '../lib/canonical-json'
import { type Sealer } from '../lib/sealing'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { endAttempt, startAttempt } from '../records/attempt-log'
import { claimRecord } from '../records/claim-record'
import { readDesired } from '../records/read-desired'
import { type RecordContext } from '../records/record-context'
import { type RecordRow } from '../records/record-row'
import { settleRecord, type Settlement } from '../records/settle-record'
import { callSaas } from '../saas/call-saas'
import { type Dialect, type SaasRequest } from '../saas/dialect'
import { DIALECTS } from '../saas/dialects'
import { noteConnection } from '../shops/note-connection'
import { type DeliveryTarget, readDeliveryTarget } from '../shops/read-delivery-target'
import { connectionNewsOf } from './connection-news-of'
import { type Access, resolveAccess } from './resolve-access'
import { HELD_MS, settlementOf } from './settlement-of'

export interface DeliveryOptions {
  db: Database
  queue: Queue
  sealer: Sealer
  logger: Logger
  clock: Clock
  /** The operator's key, read at call time. */
  environmentKey(): string | undefined
  /** Where the built-in receiver listens. */
  builtInAddress: string
  /** Told of every settled attempt. */
  onAttempt(outcome: AttemptOutcome): void
}

/** A record in hand: claimed, and not settled yet. */
interface Claim {
  row: RecordRow
  attemptId: string
  /** The desired hash when it was claimed. */
  sentHash: string
  target: DeliveryTarget
}

/**
 * Makes one record's delivered state equal its desired state, if it is due and nobody else holds it. Never throws for what a
 * SaaS does: every outcome is settled on the record, and noted as an attempt.
 */
export async function deliverRecord(recordId: string, options: DeliveryOptions): Promise<void> {
  const target = await readDeliveryTarget(options.db, recordId)
  if (!target) return

  const attemptId = uuidV7()
  const row = await claimRecord(options.db, recordId, attemptId, options.clock())
  if (!row) return
  const claim: Claim = { row, attemptId, sentHash: row.desiredHash ?? '', target }

  const access = resolveAccess(target, options)
  const desired = readDesired(row, contextOf(target), options.sealer)
  if (desired.kind === 'excluded') return settle(claim, { kind: 'excluded', words: desired.words }, options)
  if (access.kind === 'none') return settle(claim, hold(access.words, options.clock()), options)

  const dialect = DIALECTS[target.connection.dialect]
  const cannotCarry = dialect.excludes(desired.envelope)
  if (cannotCarry !== null) return settle(claim, { kind: 'excluded', words: cannotCarry }, options)
  await send(claim, desired.envelope, dialect, access, options)
}

async function send(
  claim: Claim,
  envelope: Envelope,
  dialect: Dialect,
  access: Extract<Access, { kind: 'address' }>,
  options: DeliveryOptions,
): Promise<void> {
  const { row, target } = claim
  const sent = {
    hash: claim.sentHash,
    bodyHash: bodyHash(envelope, dialect),
    revision: row.revision,
    generation: target.connection.generation,
    attempts: row.attempts,
  }
  const isSame = row.deliveredBodyHash === sent.bodyHash && row.deliveredGeneration === sent.generation
  if (isSame) return settle(claim, { kind: 'delivered', ...sent, saasId: null }, options)

  const outcome = await call(claim, envelope, dialect, access, options)
  await settle(claim, settlementOf(outcome, sent, options.clock()), options)
  const news = connectionNewsOf(outcome)
  if (news) await noteConnection(options.db, target.connection.id, news, options.clock())
}

/** One call, noted before and after. */
async function call(
  { row, attemptId, target }: Claim,
  envelope: Envelope,
  dialect: Dialect,
  access: Extract<Access, { kind: 'address' }>,
  { db, clock, logger, onAttempt }: DeliveryOptions,
): Promise<DeliveryOutcome> {
  const traceId = attemptId.replaceAll('-', '')
  const startedAt = clock()
  const { id: recordId, sourceConnectionId, revision } = row
  const { generation } = target.connection
  const number = row.attempts + 1
  await startAttempt(db, {
    id: attemptId,
    sourceConnectionId,
    recordId,
    revision,
    generation,
    number,
    traceId,
    action: envelope.action,
    startedAt,
  })

  const answer = await callSaas(dialect.request(envelope), {
    address: access.address,
    apiKey: access.apiKey,
    idempotencyKey: `${recordId}:${revision}`,
    traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    now: startedAt,
  })
  const outcome: DeliveryOutcome =
    answer.kind === 'silence'
      ? { kind: 'unavailable', httpStatus: null, code: answer.code, detail: answer.detail }
      : dialect.outcome(answer, envelope)

  const endedAt = clock()
  const failure =
    'code' in outcome ? { code: outcome.code, detail: outcome.detail } : { code: null, detail: null }
  await endAttempt(db, attemptId, {
    outcome: outcome.kind,
    httpStatus: outcome.httpStatus,
    ...failure,
    endedAt,
  })
  onAttempt(outcome.kind)
  const durationMs = endedAt.getTime() - startedAt.getTime()
  const { httpStatus } = outcome
  logger.info(
    {
      recordId,
      resource: row.resource,
      attemptId,
      traceId,
      revision,
      number,
      outcome: outcome.kind,
      httpStatus,
      durationMs,
    },
    'delivery.attempted',
  )
  return outcome
}

async function settle(
  claim: Claim,
  settlement: Settlement,
  { db, queue, clock }: DeliveryOptions,
): Promise<void> {
  const { row, attemptId, sentHash } = claim
  await db.transaction(async (tx) => {
    const state = await settleRecord(tx, { recordId: row.id, attemptId, sentHash }, settlement, clock())
    // Desired moved while the call was under way.
    if (state === 'waiting') await queue.send('deliver', [{ payload: { recordId: row.id }, key: row.id }], tx)
  })
}

function hold(words: string, now: Date): Settlement {
  const dueAt = new Date(now.getTime() + HELD_MS)
  return { kind: 'later', state: 'held', dueAt, counts: false, code: 'NOT_CONNECTED', words }
}

function contextOf({
  sourceConnectionId,
  platform,
  store,
  currency,
  connection,
}: DeliveryTarget): RecordContext {
  const { piiPolicy, resources, includeTestOrders, generation } = connection
  return {
    sourceConnectionId,
    platform,
    store,
    currency,
    piiPolicy,
    resources,
    includeTestOrders,
    generation,
  }
}

/** The hash of what the SaaS would see, without what changes with every send. */
function bodyHash(envelope: Envelope, dialect: Dialect): string {
  const { schema_version: _s, version: _v, revision: _r, updated_at: _u, ...data } = envelope.data
  const kind = envelope.action === 'deleted' ? 'deleted' : 'upsert'
  const seen = {
    ...envelope,
    action: envelope.action === 'deleted' ? 'deleted' : 'updated',
    data,
  } as unknown as Envelope
  const { body, path }: SaasRequest = dialect.request(seen)
  return createHash('sha256')
    .update(`${kind}\n${path}\n${body === null ? '' : canonicalHash(JSON.parse(body))}`)
    .digest('hex')
}
