import { type DeliveryOutcome } from '../contracts/outcome'
import { hastenParents, hastenRetries } from '../records/hasten'
import { referencesOf } from '../records/references'
import { type Settled, type Settlement, settleRecords } from '../records/settle-records'
import { noteBatchLimit } from '../shops/note-batch-limit'
import { noteHealth } from '../shops/note-health'
import { claimOf } from './claim-of'
import { type Standing } from './judge-calls'
import { type EndedCall, type Lane } from './lane'
import { endsBatches, isTooLarge, refusesBatch } from './learn'
import { type Send } from './prepare-send'
import { settlementOf } from './settlement-of'
import { reasonOf } from './tell-attempts'

/** How old a noted time may grow before it is written again: a busy connection is not rewritten at every call. */
const RESOLUTION_MS = 5_000

/**
 * Settles every call that has ended, in one statement, and notes what the lane has learnt from them of the connection. What is not written
 * because the database failed stays in the lane: to write it again does no harm.
 */
export async function settleCalls(lane: Lane): Promise<void> {
  const calls = [...lane.ended]
  const withoutCall = [...lane.settled]
  const claims = [...withoutCall, ...calls.flatMap((call) => claimsOf(lane, call))]
  if (claims.length === 0) return

  const { db, clock } = lane.options
  const states = await settleRecords(db, lane.shopId, claims, clock())
  if ([...states.values()].includes('waiting')) lane.hasMore = true
  await sendParentsFirst(lane, calls)
  await giveUpBatches(lane, calls)
  await note(lane, calls)
  wakeForRetries(lane, claims)
  // What has ended meanwhile came behind them.
  lane.ended.splice(0, calls.length)
  lane.settled.splice(0, withoutCall.length)
}

/** The claims of a call's records, each with what its outcome means. */
function claimsOf(lane: Lane, { call, outcome, endedAt, connection: { generation } }: EndedCall): Settled[] {
  return call.sends.map((send, index) => {
    const said = outcome.outcomes[index]!
    const settlement = outcome.isWhole
      ? settlementOfWhole(said, send, endedAt)
      : settlementOf(said, sentOf(send), endedAt)
    const attempt = { outcome: said.kind, ...reasonOf(said), endedAt }
    return { ...claimOf(lane, send.row, generation), settlement, attempt }
  })
}

function sentOf({ row, bodyHash, textHash, leftOut }: Send): Parameters<typeof settlementOf>[1] {
  return { bodyHash, textHash, attempts: row.attempts, leftOut }
}

/** A batch that was refused as a whole says nothing of its records: each is sent at once, alone or in a smaller one. */
function settlementOfWhole(outcome: DeliveryOutcome, send: Send, now: Date): Settlement {
  if (!refusesBatch(outcome)) return settlementOf(outcome, sentOf(send), now)
  const words = `The SaaS refused the whole batch; the record is sent without it. ${outcome.detail}`
  return { kind: 'later', state: 'retrying', dueAt: now, counts: false, code: outcome.code, words }
}

/** What lacks a record that it refers to is tried again later; what it refers to goes now. */
async function sendParentsFirst(lane: Lane, calls: EndedCall[]): Promise<void> {
  for (const { call, outcome, startedAt } of calls) {
    for (const [index, { row, envelope }] of call.sends.entries()) {
      if (outcome.isWhole || outcome.outcomes[index]?.kind !== 'waits') continue
      const { db, clock } = lane.options
      await hastenParents(db, row.sourceConnectionId, referencesOf(envelope), startedAt, clock())
      lane.hasMore = true
    }
  }
}

/** Notes that a SaaS takes no batches after all. What travelled in one that it refused is due at once, alone or in a smaller one. */
async function giveUpBatches(lane: Lane, calls: EndedCall[]): Promise<void> {
  for (const { outcome, connection, endedAt } of calls) {
    if (isTooLarge(outcome)) lane.hasMore = true
    if (!endsBatches(outcome)) continue
    const { generation } = connection
    await noteBatchLimit(lane.options.db, { shopId: lane.shopId, generation }, null, endedAt)
    lane.hasMore = true
  }
}

/** Writes what has changed of the connection's standing, and times every few seconds. */
async function note(lane: Lane, calls: EndedCall[]): Promise<void> {
  const { db, queue, clock } = lane.options
  const now = clock()
  const { standing, noted } = lane
  const isNew = standing.state !== noted.standing.state || standing.probeAt !== noted.standing.probeAt
  const kinds = calls.flatMap(({ outcome }) => outcome.outcomes.map(({ kind }) => kind))
  const isRecent = now.getTime() - noted.at.getTime() < RESOLUTION_MS
  if (calls.length === 0 || (!isNew && isRecent && !kinds.includes('unavailable'))) return

  const took = kinds.includes('delivered') || kinds.includes('superseded')
  const failed = kinds.some((kind) => kind !== 'delivered' && kind !== 'superseded')
  const times = { lastDeliveredAt: took ? now : null, lastFailedAt: failed ? now : null }
  const { generation, sealedKey } = lane.target.connection
  const isTroubled = standing.probeAt !== null || standing.breaker.slots.some(({ failures }) => failures > 0)
  const breaker = isTroubled ? standing.breaker : null
  const health = { ...standing, ...times, breaker }
  await db.transaction(async (tx) => {
    await noteHealth(tx, { shopId: lane.shopId, generation, sealedKey }, health, now)
    // Its records follow, also when this worker dies before it has told them itself.
    if (isNew) await queue.send('alignHeld', [{ shopId: lane.shopId }], tx)
  })
  const before = noted.standing
  lane.noted = { standing, at: now }
  if (standing.probeAt !== before.probeAt) await passOn(lane, before, now)
}

/** The gate has opened or closed. */
async function passOn(lane: Lane, before: Standing, now: Date): Promise<void> {
  const { standing, target, options } = lane
  if (standing.probeAt) return lane.signal.wakeAt(standing.probeAt)
  if (!before.probeAt) return
  for (const sourceConnectionId of target.contexts.keys())
    await hastenRetries(options.db, sourceConnectionId, now)
  lane.hasMore = true
}

function wakeForRetries({ signal }: Lane, claims: Settled[]): void {
  for (const { settlement } of claims) {
    if (settlement.kind === 'later' && settlement.state === 'retrying') signal.wakeAt(settlement.dueAt)
  }
}
