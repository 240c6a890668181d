import { randomUUID } from 'node:crypto'
import { notifyDue } from '../jobs/due-signal.server'
import { toError } from '../lib/errors'
import { KEEP_LANE_MS, keepLane, type LaneTaken, releaseLane, takeLane } from '../shops/hold-lane'
import { readDeliveryTarget } from '../shops/read-delivery-target'
import { askBatchLimit } from './ask-batch-limit'
import { givesWay, isQuiet } from './give-way'
import { createLane, type Lane, laneGate, type LaneOptions, roomForCalls } from './lane'
import { type LaneSignal } from './lane-signal'
import { leave, linger, wait } from './linger'
import { settleCalls } from './settle-calls'
import { startCalls } from './start-calls'

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
    while (await round(lane));
  } finally {
    // Also when a round failed: what the SaaS says meanwhile is not to be lost.
    await Promise.all([...lane.calls, lane.asking])
    await settleCalls(lane)
    if (isQuiet(lane)) lane.signal.sleepUntil(new Date(lane.pace.quietUntil))
  }
}

/** One round: settles what has ended, begins what there is room for, waits when there is neither. @returns whether to go on */
async function round(lane: Lane): Promise<boolean> {
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

/** Gives word every few seconds. @returns false when the lane has been lost: what is in hand is finished, and nothing begun */
async function keep(lane: Lane): Promise<boolean> {
  const { db, clock } = lane.options
  const now = clock()
  if (now.getTime() - lane.keptAt.getTime() < KEEP_LANE_MS) return true
  lane.keptAt = now
  return keepLane(db, lane.shopId, lane.id, now)
}
