import { nextDue } from '../records/find-due'
import { hastenYielded } from '../records/hasten'
import { isAtRest, isQuiet } from './give-way'
import { type Lane, waitForRoom } from './lane'
import { GIVE_WAY_MS, isPressed } from './pressure'

/** How long a lane with nothing to do waits for more before it lets go. */
const LINGER_MS = 2_000
/** By how much the clocks of two processes may differ, although both go by the database's. */
const SKEW_MS = 100
/** How soon a lane looks again for what somebody else had locked. */
const LOCKED_MS = 25

/** Waits for a call to end, for room, or for a signal. */
export async function wait(lane: Lane): Promise<boolean> {
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
export async function linger(lane: Lane): Promise<boolean> {
  const { signal, options } = lane
  const untilDue = await waitForNextDue(lane)
  if (untilDue <= 0) return lookAgain(lane, LOCKED_MS)
  // What a process with a clock that is a little ahead has just written is due in a moment.
  if (untilDue <= SKEW_MS && (await signal.bell.wait(untilDue))) return true
  if (untilDue <= SKEW_MS && (await waitForNextDue(lane)) <= 0) return lookAgain(lane, 0)
  if (lane.hasYielded && !isPressed(lane.pressure, options.clock())) return letYieldedGo(lane)
  if (!signal.isWanted() && (await idle(lane, Math.min(LINGER_MS, Math.max(SKEW_MS, untilDue))))) return true
  const untilNext = await waitForNextDue(lane)
  if (untilNext <= 0) return lookAgain(lane, LOCKED_MS)
  if (isQuiet(lane) && !signal.isWanted()) return true
  return leave(lane, options.clock().getTime() + untilNext)
}

/** Ends the lane, and says when it is to be looked at again: an alarm that was set for later may have been lost to an earlier one. */
export function leave({ signal }: Lane, nextAt: number): false {
  if (nextAt < Infinity) signal.wakeAt(new Date(nextAt))
  return false
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
