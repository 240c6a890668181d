import { randomUUID } from 'node:crypto'
import { notifyDue } from '../jobs/due-signal.server'
import { toError } from '../lib/errors'
import { nextDue } from '../records/find-due'
import { hastenYielded } from '../records/hasten'
import { KEEP_LANE_MS, keepLane, type LaneTaken, releaseLane, takeLane } from '../shops/hold-lane'
import { readDeliveryTarget } from '../shops/read-delivery-target'
import { askBatchLimit } from './ask-batch-limit'
import {
  createLane,
  type Lane,
  laneGate,
  type LaneOptions,
  roomForCalls,
  waitForRoom,
} from './lane'
import { type LaneSignal } from './lane-signal'
import { GIVE_WAY_MS, isPressed } from './pressure'
import { settleCalls } from './settle-calls'
import { startCalls } from './start-calls'

/** How long a lane with nothing to do waits for more before it lets go. */
const LINGER_MS = 2_000
/** For how long a lane keeps its place in a process while others want it. */
const SHARE_MS = 5_000
/** By how much the clocks of two processes may differ, although both go by the database's. */
const SKEW_MS = 100
/** How soon a lane looks again for what somebody else had locked. */
const LOCKED_MS = 25

/**
 * Delivers what is due to one shop's connection until nothing is, if no other worker does. Makes each record's delivered state equal its
 * desired state: claims, calls, settles, round by round, at the pace that the connection allows. Never throws for what a SaaS does.
 *
 * @returns whether the lane was taken
 */
export async function runLane(shopId: string, signal: LaneSignal, options: LaneOptions): Promise<LaneTaken> {
  const { db, clock } = options
  const id = randomUUID()
  const { taken, probeAt } = await takeLane(db, shopId, id, clock())
  if (probeAt) signal.wakeAt(probeAt)
  if (taken !== 'taken') return taken
  try {
    const target = await readDeliveryTarget(db, shopId)
    if (target) await work(createLane(id, target, signal, options))
    return taken
  } finally {
    await letGo(shopId, id, signal, options)
  }
}

/** Never throws, so that it hides no error of the work: a lane that could not be let go is free when its lease ends. */
async function letGo(shopId: string, id: string, signal: LaneSignal, options: LaneOptions): Promise<void> {
  const { db, logger } = options
  try {
    await releaseLane(db, shopId, id)
    // What this worker leaves undone is for another.
    if (signal.isResting) await notifyDue(db, [shopId])
  } catch (error) {
    logger.warn({ err: toError(error), shopId }, 'delivery.lane_not_released')
  }
}

async function work(lane: Lane): Promise<void> {
  try {
    while (await turn(lane));
  } finally {
    // Also when a turn failed: what the SaaS says meanwhile is not to be lost.
    await Promise.all([...lane.calls, lane.asking])
    await settleCalls(lane)
    if (isQuiet(lane)) lane.signal.sleepUntil(new Date(lane.pace.quietUntil))
  }
}

/** One turn: settles what has ended, begins what there is room for, waits when there is neither. @returns whether to go on */
async function turn(lane: Lane): Promise<boolean> {
  const { signal } = lane
  if (!(await keep(lane)) || givesWay(lane)) return false
  if (signal.isDue) {
    signal.isDue = false
    lane.hasMore = true
  }
  const room = lane.hasMore ? roomForCalls(lane) : 0
  const started = await bothDone(room > 0 ? startCalls(lane, room) : 0, settleCalls(lane))
  if (started > 1) askBatchLimit(lane)
  // Also when settling has found more, and when all that a claim looked at gave way.
  const goesOn = started > 0 || (lane.hasMore && roomForCalls(lane) > 0)
  if (goesOn || lane.ended.length > 0 || lane.settled.length > 0 || signal.isDue) return true

  if (lane.calls.size > 0) return wait(lane)
  if (signal.isResting) return false
  if (laneGate(lane) === 'closed') return leave(lane, lane.standing.probeAt?.getTime() ?? Infinity)
  return lane.hasMore ? wait(lane) : linger(lane)
}

/** Waits for both also when one fails: what the other has begun must not go on behind the lane's back. */
async function bothDone(starting: Promise<number> | number, settling: Promise<void>): Promise<number> {
  const [started, settled] = await Promise.allSettled([starting, settling])
  if (settled.status === 'rejected') throw settled.reason
  if (started.status === 'rejected') throw started.reason
  return started.value
}

/** Waits for a call to end, for room, or for a signal. */
async function wait(lane: Lane): Promise<boolean> {
  const untilRoom = lane.hasMore ? waitForRoom(lane) : 0
  const ms = untilRoom > 0 ? Math.min(untilRoom, LINGER_MS) : LINGER_MS
  if (isAtRest(lane)) await idle(lane, ms)
  else await lane.signal.bell.wait(ms)
  return true
}

/** Waits at the bell, and can be asked for its place meanwhile. @returns whether it was rung */
async function idle({ signal }: Lane, ms: number): Promise<boolean> {
  signal.isIdle = true
  const isRung = await signal.bell.wait(ms)
  signal.isIdle = false
  return isRung
}

/**
 * Waits for more, with the lane in hand, unless its place is wanted; then looks whether something was passed by because somebody else had
 * locked it. A lane that keeps quiet because the SaaS asked for it stays: the next one would not know.
 */
async function linger(lane: Lane): Promise<boolean> {
  const { signal, options } = lane
  const untilDue = await waitForNextDue(lane)
  if (untilDue <= 0) return lookAgain(lane, LOCKED_MS)
  // What a process with a clock that is a little ahead has just written is due in a moment.
  if (untilDue <= SKEW_MS && (await signal.bell.wait(untilDue))) return true
  if (untilDue <= SKEW_MS && (await waitForNextDue(lane)) <= 0) return lookAgain(lane, 0)
  if (lane.hasYielded && !isPressed(lane.pressure, options.clock())) return letYieldedGo(lane)
  if (!signal.isWanted() && (await idle(lane, LINGER_MS))) return true
  const untilNext = await waitForNextDue(lane)
  if (untilNext <= 0) return lookAgain(lane, LOCKED_MS)
  if (isQuiet(lane) && !signal.isWanted()) return true
  return leave(lane, options.clock().getTime() + untilNext)
}

/** Ends the lane, and says when it is to be looked at again: an alarm that was set for later may have been lost to an earlier one. */
function leave({ signal }: Lane, nextAt: number): false {
  if (nextAt < Infinity) signal.wakeAt(new Date(nextAt))
  return false
}

/** Whether the lane leaves its place to another that wants it: it has had its share, or may do nothing for a while. It comes again after the others. */
function givesWay(lane: Lane): boolean {
  const { signal, options, takenAt } = lane
  if (!signal.isWanted()) return false
  const hasHadItsShare = options.clock().getTime() - takenAt.getTime() >= SHARE_MS
  if (!hasHadItsShare && !isAtRest(lane)) return false
  signal.isDue = true
  return true
}

/** Whether nothing is in hand, and nothing may be begun for a while. */
function isAtRest(lane: Lane): boolean {
  return lane.calls.size === 0 && isQuiet(lane)
}

/** Whether the SaaS has asked for patience that is not over. */
function isQuiet({ pace, options }: Lane): boolean {
  return pace.quietUntil > options.clock().getTime()
}

/** How long until the next of all records is due; in milliseconds, Infinity when none will be. */
async function waitForNextDue({ target, options }: Lane): Promise<number> {
  const times = await Promise.all(
    [...target.contexts.keys()].map((sourceConnectionId) => nextDue(options.db, sourceConnectionId)),
  )
  const next = Math.min(...times.map((time) => time?.getTime() ?? Infinity))
  return next - options.clock().getTime()
}

async function lookAgain(lane: Lane, afterMs: number): Promise<boolean> {
  await lane.signal.bell.wait(afterMs)
  lane.hasMore = true
  return true
}

/** The others have gone: so do the records that gave way to them. */
async function letYieldedGo(lane: Lane): Promise<boolean> {
  const { db, clock } = lane.options
  for (const sourceConnectionId of lane.target.contexts.keys())
    await hastenYielded(db, sourceConnectionId, GIVE_WAY_MS.pressed, clock())
  lane.hasYielded = false
  lane.hasMore = true
  return true
}

/** Gives word every few seconds. @returns false when the lane has been lost: what is in hand is finished, and nothing begun */
async function keep(lane: Lane): Promise<boolean> {
  const { db, clock } = lane.options
  const now = clock()
  if (now.getTime() - lane.keptAt.getTime() < KEEP_LANE_MS) return true
  lane.keptAt = now
  return keepLane(db, lane.shopId, lane.id, now)
}
