import { type AttemptOutcome } from '../contracts/states'
import { type Database } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type Clock } from '../lib/time'
import { type Settled } from '../records/settle-records'
import { DIALECTS } from '../saas/dialects'
import { type Connection, type DeliveryTarget } from '../shops/read-delivery-target'
import { gateOf } from '../shops/gate'
import { type Standing, standingOf } from './judge-calls'
import { type Load } from './in-calls'
import { type LaneSignal } from './lane-signal'
import { fullPace, gentlePace, type Pace } from './pace'
import { NO_PRESSURE, type Pressure } from './pressure'
import { type PrepareOptions } from './prepare-send'
import { type AccessOptions } from './resolve-access'
import { type Call, type CallOutcome } from './send-records'
import { createThrottle, type Throttle } from './throttle'

/** The most records that travel in one call, whatever the SaaS would take: an answer of 64 KiB must tell of each of them. */
export const MAX_BATCH = 50
/** The most that their bodies may weigh together: most servers take no more than a few megabytes. */
const MAX_BATCH_BYTES = 1024 * 1024

/** What lanes need of the process that works them. */
export interface LaneOptions extends AccessOptions, PrepareOptions {
  db: Database
  queue: Queue
  clock: Clock
  /** How long a call may take; the client's own limit unless given. */
  timeoutMs?: number
  /** Told of every attempt that came to an end. */
  onAttempt(outcome: AttemptOutcome): void
}

/** A call that has ended, and what is to be settled by it. */
export interface EndedCall {
  call: Call
  outcome: CallOutcome
  startedAt: Date
  endedAt: Date
  isProbe: boolean
  /** The connection as it was when it was made. */
  connection: Connection
}

/** One worker's hold of one connection: what it knows of it while it delivers. */
export interface Lane {
  id: string
  shopId: string
  signal: LaneSignal
  options: LaneOptions
  target: DeliveryTarget
  standing: Standing
  /** What was last written of the standing, and when. */
  noted: { standing: Standing; at: Date }
  pace: Pace
  pressure: Pressure
  throttle: Throttle
  /** How much the records of one call may weigh together: less when the SaaS has found a batch too large. */
  batchBytes: number
  /** How many records are claimed at once where many travel together: what lately found room, or twice as many when all did. */
  portion: number
  /** When the SaaS last asked for patience: whoever was called before that and is asked too is told the same. */
  patienceAt: Date
  /** How often it has claimed. */
  claims: number
  /** Whether more may be due than was claimed. */
  hasMore: boolean
  /** Whether records have given way to others, and are to go as soon as the others have gone. */
  hasYielded: boolean
  takenAt: Date
  keptAt: Date
  /** The calls under way. */
  calls: Set<Promise<void>>
  /** Resolves when the SaaS has answered, or not, how many records it takes in one call. */
  asking: Promise<void>
  /** Calls that have ended, that were learnt from, and are not settled yet. */
  ended: EndedCall[]
  /** Claims that were settled without a call, likewise. */
  settled: Settled[]
}

/** A lane that has just been taken. */
export function createLane(
  id: string,
  target: DeliveryTarget,
  signal: LaneSignal,
  options: LaneOptions,
): Lane {
  const now = options.clock()
  const knowledge = storedKnowledge(target, now)
  return {
    id,
    shopId: target.shopId,
    signal,
    options,
    target,
    ...knowledge,
    noted: { standing: knowledge.standing, at: new Date(0) },
    pressure: NO_PRESSURE,
    portion: MAX_BATCH,
    patienceAt: new Date(0),
    claims: 0,
    hasMore: true,
    hasYielded: false,
    takenAt: now,
    keptAt: now,
    calls: new Set(),
    asking: Promise.resolve(),
    ended: [],
    settled: [],
  }
}

/** What a lane begins with of its connection: its standing as it is stored, and the pace and the limits that go with it. */
export function storedKnowledge(
  { connection }: DeliveryTarget,
  now: Date,
): Pick<Lane, 'standing' | 'pace' | 'throttle' | 'batchBytes'> {
  const { state, stateReason: reason, probeAt, breaker, concurrency, callsPerSecond } = connection
  const known = state === 'not_connected' ? 'connected' : state
  return {
    standing: standingOf({ state: known, reason, probeAt, breaker }),
    pace: probeAt ? gentlePace(concurrency) : fullPace(concurrency),
    throttle: createThrottle(callsPerSecond, now),
    batchBytes: MAX_BATCH_BYTES,
  }
}

/** Whether the gate lets records through, as far as this lane knows. */
export function laneGate({ target, standing, options }: Lane): ReturnType<typeof gateOf> {
  return gateOf({ ...target.connection, probeAt: standing.probeAt }, options.clock())
}

/** How many calls may be begun now. */
export function roomForCalls(lane: Lane): number {
  const { pace, calls, throttle, signal, options } = lane
  const now = options.clock()
  if (signal.isResting || pace.quietUntil > now.getTime()) return 0
  switch (laneGate(lane)) {
    case 'closed':
      return 0
    case 'probe':
      return calls.size === 0 ? Math.min(1, throttle.available(now)) : 0
    case 'open':
      return Math.max(0, Math.min(Math.floor(pace.window) - calls.size, throttle.available(now)))
  }
}

/** How much one call may carry now: a probe carries one record. */
export function loadOf(lane: Lane): Load {
  const { batchLimit, dialect } = lane.target.connection
  const isAlone = batchLimit === null || !DIALECTS[dialect].batch || laneGate(lane) === 'probe'
  return { records: isAlone ? 1 : Math.min(batchLimit, MAX_BATCH), bytes: lane.batchBytes }
}

/** How long until a call that may not begin now may begin; in milliseconds. */
export function waitForRoom({ pace, throttle, options }: Lane): number {
  const now = options.clock()
  return Math.max(throttle.waitMs(now), pace.quietUntil - now.getTime())
}
