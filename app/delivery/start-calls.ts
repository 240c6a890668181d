import { v7 as uuidV7 } from 'uuid'
import { type DeliveryOutcome } from '../contracts/outcome'
import { toError } from '../lib/errors'
import { instantOf } from '../lib/time'
import { startAttempts } from '../records/attempt-log'
import { claimRecords, type ClaimedRecord, LEASE_MS } from '../records/claim-records'
import { type Settled, type Settlement } from '../records/settle-records'
import { CALL_TIMEOUT_MS } from '../saas/call-saas'
import { DIALECTS } from '../saas/dialects'
import { type Gate } from '../shops/gate'
import { readDeliveryTarget } from '../shops/read-delivery-target'
import { inCalls } from './in-calls'
import { type Lane, laneGate, loadOf, MAX_BATCH } from './lane'
import { learn } from './learn'
import { prepareSend, type Send } from './prepare-send'
import { afterClaim, giveWayMs } from './pressure'
import { renew } from './renew'
import { resolveAccess } from './resolve-access'
import { type Call, type CallOutcome, sendRecords } from './send-records'
import { attemptOf, tellAbandoned, tellAttempt, tellAttempts } from './tell-attempts'

/**
 * Claims what is due, as far as there is room, and begins the calls for it.
 *
 * @param room how many calls may be begun
 * @returns how many records were claimed
 */
export async function startCalls(lane: Lane, room: number): Promise<number> {
  const { clock, db } = lane.options
  const most = loadOf(lane)
  const claimedAt = clock()
  // One call's worth at a time where many travel together: preparing more would keep everybody else waiting.
  const claimed = await claim(lane, most.records === 1 ? room : Math.min(most.records, lane.portion))
  if (claimed.length === 0) return 0

  // Read after the claim: what changes from here on moves the desired state or the generation, and settling sees that.
  const target = await readDeliveryTarget(db, lane.shopId)
  if (!target) return 0
  renew(lane, target)
  const gate = laneGate(lane)
  const calls = inCalls(prepare(lane, mayGo(lane, claimed, gate)), most)
  const noted = await noteAttempts(lane, withinRoom(lane, calls, room))
  const isLate = clock().getTime() - claimedAt.getTime() > LATEST_START_MS
  for (const call of noted) {
    if (isLate) giveUp(lane, call)
    else begin(lane, call, gate === 'probe')
  }
  return claimed.length
}

/** What may be sent of what was claimed; the rest is put back. */
function mayGo(lane: Lane, claimed: ClaimedRecord[], gate: Gate): ClaimedRecord[] {
  const { generation } = lane.target.connection
  // A record has the revision of the generation that it was claimed under, and must not be sent under another.
  const mine = claimed.filter((row) => row.generation === generation)
  const sent = mine.slice(0, { open: mine.length, probe: 1, closed: 0 }[gate])
  const rest = claimed.filter((row) => !sent.includes(row))
  putBack(lane, rest, lane.standing.reason ?? 'The connection was changed meanwhile; the record is sent anew.')
  return sent
}

/** The calls that there is room for: large records may need more of them than were thought of. What they leave goes with the next. */
function withinRoom(lane: Lane, calls: Call[], room: number): Call[] {
  const going = calls.slice(0, room)
  const left = calls.slice(room).flatMap(({ sends }) => sends.map(({ row }) => row))
  if (left.length === 0) lane.portion = Math.min(lane.portion * 2, MAX_BATCH)
  else {
    lane.portion = going.reduce((sum, { sends }) => sum + sends.length, 0)
    lane.hasMore = true
    putBack(lane, left, 'It did not fit into the calls that may be made at once; it goes with the next.')
  }
  return going
}

/** How long after its claim a call may begin at the latest: its lease covers the longest call then, and a little more. */
const LATEST_START_MS = LEASE_MS - CALL_TIMEOUT_MS - 3_000

/** Makes no call after all: the claim took so long that its lease might end before the call does. */
function giveUp(lane: Lane, { sends, traceId }: Call): void {
  const now = lane.options.clock()
  const detail = 'The database was too slow; the call was not made.'
  const attempt = { outcome: 'abandoned', httpStatus: null, code: 'TOO_LATE', detail, endedAt: now } as const
  const settlement = {
    kind: 'later',
    state: 'retrying',
    dueAt: now,
    counts: false,
    code: 'TOO_LATE',
    words: detail,
  } as const
  const { generation } = lane.target.connection
  for (const { row } of sends) {
    tellAttempt(lane.options, { ...attemptOf(row, traceId), ...attempt, durationMs: null })
    lane.settled.push({ ...withoutCall(row, settlement, generation), attempt })
  }
}

/** What was claimed and may not be sent now goes back as it was. */
function putBack(lane: Lane, rows: ClaimedRecord[], because: string): void {
  const { target, options, settled } = lane
  const dueAt = options.clock()
  for (const row of rows) {
    const held = target.contexts.get(row.sourceConnectionId)?.heldBecause ?? null
    const words = held ?? because
    const state = held === null ? 'retrying' : 'held'
    const settlement = { kind: 'later', state, dueAt, counts: false, code: 'NOT_SENT', words } as const
    settled.push(withoutCall(row, settlement, target.connection.generation))
  }
}

/** Claims at most so many records, source by source; each time another one is the first, so that none waits for the end of another's backlog. */
async function claim(lane: Lane, most: number): Promise<ClaimedRecord[]> {
  const { db, clock } = lane.options
  const claimed: ClaimedRecord[] = []
  let looked = 0
  // Before the claim: what becomes due from here on says so.
  lane.hasMore = false
  for (const sourceConnectionId of inRotation([...lane.target.contexts.keys()], lane.claims++)) {
    if (looked === most) break
    const claimIds = Array.from({ length: most - looked }, () => uuidV7())
    const now = clock()
    const giveWay = giveWayMs(lane.pressure, now)
    const claims = await claimRecords(db, { sourceConnectionId, claimIds, giveWayMs: giveWay }, now)
    if (claims.yieldedUntil) {
      lane.hasYielded = true
      lane.signal.wakeAt(claims.yieldedUntil)
    }
    claims.records.forEach((row) => tellAbandoned(lane.options, row))
    claimed.push(...claims.records)
    looked += claims.looked
  }
  const isFull = looked === most
  if (isFull) lane.hasMore = true
  lane.pressure = afterClaim(lane.pressure, isFull, clock())
  return claimed
}

function inRotation<Item>(items: Item[], by: number): Item[] {
  const first = by % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}

/** What needs a call; what does not is left to be settled. */
function prepare(lane: Lane, rows: ClaimedRecord[]): Send[] {
  const { target, options, settled } = lane
  return rows.flatMap((row) => {
    const context = target.contexts.get(row.sourceConnectionId)
    if (!context) return []
    const prepared = prepareSend(row, context, target.connection, options)
    if (prepared.kind === 'send') return [prepared.send]
    settled.push(withoutCall(row, prepared.settlement, target.connection.generation))
    return []
  })
}

function withoutCall(row: ClaimedRecord, settlement: Settlement, generation: number): Settled {
  const { id: recordId, claimId, desiredHash, revision } = row
  return {
    recordId,
    claimId,
    sentHash: desiredHash ?? '',
    revision,
    generation,
    settlement,
    attempt: null,
  }
}

/** Notes the calls that are about to be made. @returns them, without what has been lost to another worker meanwhile */
async function noteAttempts({ options: { db, clock }, target }: Lane, calls: Call[]): Promise<Call[]> {
  const startedAt = clock()
  const { generation } = target.connection
  const started = await startAttempts(
    db,
    calls.flatMap(({ sends, traceId }) =>
      sends.map(({ row, envelope: { action } }) => ({
        id: row.claimId,
        sourceConnectionId: row.sourceConnectionId,
        recordId: row.id,
        revision: row.revision,
        generation,
        number: row.attempts + 1,
        traceId,
        batchSize: sends.length,
        action,
        startedAt,
        changedAt: instantOf(row.desiredTriggeredAt),
      })),
    ),
  )
  return calls.flatMap(({ sends, traceId }) => {
    const held = sends.filter(({ row }) => started.has(row.claimId))
    return held.length === 0 ? [] : [{ sends: held, traceId }]
  })
}

/** Begins a call; when it has ended, the lane learns from it at once, and is rung to settle it. */
function begin(lane: Lane, call: Call, isProbe: boolean): void {
  const { options, target } = lane
  const startedAt = options.clock()
  const about = { call, startedAt, isProbe, connection: target.connection }
  lane.throttle.take(1)

  const running = make(lane, call, startedAt).then((outcome) => {
    const ended = { ...about, outcome, endedAt: options.clock() }
    learn(lane, ended)
    tellAttempts(options, ended)
    lane.ended.push(ended)
    lane.calls.delete(running)
    lane.signal.bell.ring()
  })
  lane.calls.add(running)
}

/** Makes a call. Never throws: what our own code could not take is told like an answer that nobody can read. */
async function make({ options, target }: Lane, call: Call, now: Date): Promise<CallOutcome> {
  const dialect = DIALECTS[target.connection.dialect]
  try {
    const access = resolveAccess(target, options)
    if (access.kind === 'none') {
      // Without address or key nothing can be sent: as good as a refused key, until a person mends it.
      const outcome = { kind: 'unauthorised', httpStatus: null, code: 'NOT_CONNECTED' } as const
      return forAll(call, { ...outcome, detail: access.words })
    }
    return await sendRecords(call, { dialect, access, now, timeoutMs: options.timeoutMs })
  } catch (error) {
    options.logger.error({ err: toError(error) }, 'delivery.call_failed')
    const detail = 'The record could not be sent because of an error in Parity.'
    return forAll(call, { kind: 'unavailable', httpStatus: null, code: 'INTERNAL', detail })
  }
}

function forAll({ sends }: Call, outcome: DeliveryOutcome): CallOutcome {
  return { outcomes: sends.map(() => outcome), isWhole: false }
}
