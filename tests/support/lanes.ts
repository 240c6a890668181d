import { until } from '../../dev/until'
import { type LaneOptions } from '~/delivery/lane'
import { createLaneSignal, type LaneSignal } from '~/delivery/lane-signal'
import { runLane } from '~/delivery/run-lane'
import { createDoorbell, type Doorbell } from '~/lib/doorbell'
import { type LaneTaken } from '~/shops/hold-lane'
import { type Stages } from './stages'

/** What lanes need, over the stages of a test. */
export function laneOptions(stages: Stages, more: Partial<LaneOptions> = {}): LaneOptions {
  const { db, queue, sealer, logger, clock } = stages
  return {
    db,
    queue,
    sealer,
    logger,
    clock: () => clock.now,
    environmentKey: () => 'the-key',
    builtInAddress: 'http://built-in.invalid',
    onAttempt: () => undefined,
    ...more,
  }
}

/** A lane at work, and how a test speaks to it. */
export interface TestLane {
  signal: LaneSignal
  /** When it asked to be looked at again. */
  alarms: Date[]
  /** Resolves when it has let go by itself. */
  done: Promise<LaneTaken>
  /** Says that something is due. */
  wake(): void
  /** Lets it finish what is in hand, and end. */
  rest(): Promise<LaneTaken>
}

/** A longer wait than this is one for a ring. */
const SHORT_MS = 1_000

/** A doorbell at which nobody's patience ends, so that a lane that misses something stands still, instead of finding it seconds later. */
export function patientBell(): Doorbell {
  const { ring, wait } = createDoorbell()
  return { ring, wait: (ms) => wait(ms < SHORT_MS ? ms : 2 ** 31 - 1) }
}

/** Runs one lane, as a worker does that was just woken. */
export function startLane(shopId: string, options: LaneOptions, bell = patientBell()): TestLane {
  const alarms: Date[] = []
  const signal = createLaneSignal({ bell, wakeAt: (at) => alarms.push(at) })
  const done = runLane(shopId, signal, options)
  return {
    signal,
    alarms,
    done,
    wake() {
      signal.isDue = true
      signal.bell.ring()
    },
    async rest() {
      signal.isResting = true
      signal.bell.ring()
      return done
    },
  }
}

/** Runs one lane until nothing is due and nothing is under way, or until it ends because nothing may go. */
export async function runOut(shopId: string, options: LaneOptions): Promise<TestLane> {
  const lane = startLane(shopId, options)
  let hasEnded = false
  const noted = lane.done.finally(() => (hasEnded = true))
  await until('nothing is due that may go', async () => hasEnded || !(await isAnythingToDo(shopId, options)))
  await lane.rest()
  await noted
  return lane
}

async function isAnythingToDo(shopId: string, { db, clock }: LaneOptions): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM "SyncRecord" r JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId"
     WHERE o."shopId" = $1 AND (r."dueAt" <= $2 OR r."state" = 'delivering') LIMIT 1`,
    [shopId, clock()],
  )
  return rows.length > 0
}
