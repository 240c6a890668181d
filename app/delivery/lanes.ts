import { type Alarms, createAlarms } from '../lib/alarms'
import { toError } from '../lib/errors'
import { type LaneOptions } from './lane'
import { createLaneSignal, type LaneSignal } from './lane-signal'
import { narrowed } from './narrowed'
import { runLane } from './run-lane'

/** How many lanes a process works at once; the other shops that have something due wait in the order of their signals. */
const MOST_LANES = 32
/** How many of the pool's twenty connections they use together: the others are for what comes in, and for who looks at pages. */
const LANE_CONNECTIONS = 12
/** How soon a lane is asked for again that another worker holds: it hears every signal too, but may have died. */
const BUSY_MS = 2_000
/** How soon a lane that failed, for want of the database mostly, is tried again: twice as late each time, up to … */
const AFTER_FAILURE_MS = 1_000
const AFTER_FAILURES_MS = 30_000

/** The lanes that this process works. */
export interface Lanes {
  /** A shop has something due: its lane looks, or is begun when there is a place for it. */
  wake(shopId: string): void
  /** Begins nothing new; resolves when every call in hand is settled. */
  rest(): Promise<void>
}

/** A process and its lanes: of what waits, it knows the ids and no more. */
interface Crew {
  options: LaneOptions
  most: number
  running: Map<string, { signal: LaneSignal; done: Promise<void> }>
  /** The shops that wait for a place, who has waited longest first. */
  waiting: Set<string>
  alarms: Alarms
  /** How often in a row the lanes of these shops have failed. */
  failures: Map<string, number>
  isResting: boolean
}

/** Makes the lanes of a process; none is begun before it is woken. @param most how many run at once */
export function createLanes(options: LaneOptions, most = MOST_LANES): Lanes {
  const crew: Crew = {
    options: { ...options, db: narrowed(options.db, LANE_CONNECTIONS) },
    most,
    running: new Map(),
    waiting: new Set(),
    alarms: createAlarms(options.clock, (shopId) => wake(crew, shopId)),
    failures: new Map(),
    isResting: false,
  }
  return { wake: (shopId) => wake(crew, shopId), rest: () => rest(crew) }
}

function wake(crew: Crew, shopId: string): void {
  const lane = crew.running.get(shopId)
  if (lane) {
    lane.signal.isDue = true
    lane.signal.bell.ring()
  } else if (!crew.isResting && !crew.alarms.isAsleep(shopId)) {
    crew.waiting.add(shopId)
    fillPlaces(crew)
  }
}

async function rest(crew: Crew): Promise<void> {
  crew.isResting = true
  crew.waiting.clear()
  crew.alarms.end()
  for (const { signal } of crew.running.values()) {
    signal.isResting = true
    signal.bell.ring()
  }
  await Promise.all([...crew.running.values()].map(({ done }) => done))
}

/** Gives the free places to who has waited longest. Where there is none, a lane that has nothing to do is asked for its own. */
function fillPlaces(crew: Crew): void {
  for (const shopId of crew.waiting) {
    if (crew.running.size >= crew.most) return askForPlace(crew)
    crew.waiting.delete(shopId)
    begin(crew, shopId)
  }
}

function askForPlace({ running }: Crew): void {
  for (const { signal } of running.values()) {
    if (!signal.isIdle) continue
    // Who comes next asks another one.
    signal.isIdle = false
    return signal.bell.ring()
  }
}

function begin(crew: Crew, shopId: string): void {
  const { alarms, running, waiting } = crew
  const signal = createLaneSignal({
    isWanted: () => waiting.size > 0,
    wakeAt: (at) => alarms.set(shopId, at),
    sleepUntil: (at) => alarms.sleep(shopId, at),
  })
  const done = run(crew, shopId, signal).finally(() => {
    running.delete(shopId)
    // Signalled while the lane was let go, or not at its end when it gave way: behind those who wait.
    if (signal.isDue && !alarms.isAsleep(shopId) && !crew.isResting) waiting.add(shopId)
    fillPlaces(crew)
  })
  running.set(shopId, { signal, done })
}

/** Works a lane to its end. Never throws: one that fails is tried again. */
async function run({ options, alarms, failures }: Crew, shopId: string, signal: LaneSignal): Promise<void> {
  const { clock, logger } = options
  const sleepFor = (ms: number) => alarms.sleep(shopId, new Date(clock().getTime() + ms))
  try {
    const taken = await runLane(shopId, signal, options)
    failures.delete(shopId)
    if (taken === 'busy') sleepFor(BUSY_MS)
  } catch (error) {
    const failed = (failures.get(shopId) ?? 0) + 1
    failures.set(shopId, failed)
    const waitMs = waitAfterFailures(failed)
    logger.error({ err: toError(error), shopId, failed, waitMs }, 'delivery.lane_failed')
    sleepFor(waitMs)
  }
}

/** How long a lane is left alone that has failed so often in a row, in milliseconds. */
export function waitAfterFailures(failed: number): number {
  return Math.min(AFTER_FAILURE_MS * 2 ** (failed - 1), AFTER_FAILURES_MS)
}
