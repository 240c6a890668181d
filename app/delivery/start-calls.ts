import { startAttempts } from '../records/attempt-log'
import { type ClaimedRecord, LEASE_MS } from '../records/claim-records'
import { CALL_TIMEOUT_MS } from '../saas/call-saas'
import { type Gate } from '../shops/gate'
import { readDeliveryTarget } from '../shops/read-delivery-target'
import { claimDue } from './claim-due'
import { inCalls } from './in-calls'
import { type Lane, laneGate, loadOf, MAX_BATCH } from './lane'
import { learn } from './learn'
import { makeCall } from './make-call'
import { prepareSend, type Send } from './prepare-send'
import { renew } from './renew'
import { type Call } from './send-records'
import { tellAttempts } from './tell-attempts'
import { giveUp, putBack, withoutCall } from './without-call'

/** How long after its claim a call may begin at the latest: its lease covers the longest call then, and a little more. */
const LATEST_START_MS = LEASE_MS - CALL_TIMEOUT_MS - 3_000

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
  const claimed = await claimDue(lane, most.records === 1 ? room : Math.min(most.records, lane.portion))
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
  putBack(
    lane,
    rest,
    lane.standing.reason ?? 'The connection was changed meanwhile; the record is sent anew.',
  )
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

/** What needs a call; what does not is left to be settled. */
function prepare(lane: Lane, rows: ClaimedRecord[]): Send[] {
  const { target, options, settled } = lane
  return rows.flatMap((row) => {
    const context = target.contexts.get(row.sourceConnectionId)
    if (!context) return []
    const prepared = prepareSend(row, context, target.connection, options)
    if (prepared.kind === 'send') return [prepared.send]
    settled.push(withoutCall(lane, row, prepared.settlement))
    return []
  })
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

  const running = makeCall(lane, call, startedAt).then((outcome) => {
    const ended = { ...about, outcome, endedAt: options.clock() }
    learn(lane, ended)
    tellAttempts(options, ended)
    lane.ended.push(ended)
    lane.calls.delete(running)
    lane.signal.bell.ring()
  })
  lane.calls.add(running)
}
