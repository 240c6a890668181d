import { v7 as uuidV7 } from 'uuid'
import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { claimRecord } from '../records/claim-record'
import { type RecordRow } from '../records/record-row'
import { settleRecord, type Settlement } from '../records/settle-record'
import { noteConnection } from '../shops/note-connection'
import { type DeliveryTarget, readDeliveryTarget } from '../shops/read-delivery-target'
import { bodyHash } from './body-hash'
import { connectionNewsOf } from './connection-news-of'
import { type AttemptOptions, makeAttempt } from './make-attempt'
import { type PrepareOptions, prepareSend, type Send } from './prepare-send'
import { settlementOf } from './settlement-of'

export interface DeliveryOptions extends AttemptOptions, PrepareOptions {
  db: Database
  queue: Queue
}

/** A record in hand: claimed, and not settled yet. */
interface Claim {
  row: RecordRow
  attemptId: string
  /** The desired hash when it was claimed. */
  sentHash: string
}

/**
 * Makes one record's delivered state equal its desired state, if it is due and nobody else holds it. Never throws for what a
 * SaaS does: every outcome is settled on the record, and every call is noted as an attempt.
 */
export async function deliverRecord(recordId: string, options: DeliveryOptions): Promise<void> {
  const { db, clock } = options
  const attemptId = uuidV7()
  const row = await claimRecord(db, recordId, attemptId, clock())
  if (!row) return
  // Read after the claim: what changes from here on moves the desired state, and settling sees that.
  const target = await readDeliveryTarget(db, recordId)
  if (!target) return

  const claim: Claim = { row, attemptId, sentHash: row.desiredHash ?? '' }
  const prepared = prepareSend(row, target, options)
  if (prepared.kind === 'settle') await settle(claim, prepared.settlement, options)
  else await deliver(claim, prepared.send, target, options)
}

async function deliver(
  claim: Claim,
  send: Send,
  { connection, context }: DeliveryTarget,
  options: DeliveryOptions,
): Promise<void> {
  const { row, attemptId, sentHash: hash } = claim
  const { revision, attempts } = row
  const { generation } = context
  const sent = { hash, bodyHash: bodyHash(send.envelope, send.dialect), revision, generation, attempts }
  const isSame = row.deliveredBodyHash === sent.bodyHash && row.deliveredGeneration === generation
  if (isSame) return settle(claim, { kind: 'same', hash, bodyHash: sent.bodyHash }, options)

  const outcome = await makeAttempt({ attemptId, row, generation }, send, options)
  const now = options.clock()
  await settle(claim, settlementOf(outcome, sent, now), options)
  await noteConnection(options.db, connection.id, connectionNewsOf(outcome), now)
}

async function settle(
  { row, attemptId, sentHash }: Claim,
  settlement: Settlement,
  { db, queue, clock }: DeliveryOptions,
): Promise<void> {
  await db.transaction(async (tx) => {
    const state = await settleRecord(tx, { recordId: row.id, attemptId, sentHash }, settlement, clock())
    // Desired moved while the call was under way.
    if (state === 'waiting') await queue.send('deliver', [{ recordId: row.id }], tx)
  })
}
