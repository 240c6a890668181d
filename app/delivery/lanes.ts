import { createAlarms } from '../lib/alarms'
import { createDoorbell } from '../lib/doorbell'
import { toError } from '../lib/errors'
import { type LaneOptions, type LaneSignal } from './lane'
import { runLane } from './run-lane'

/** How soon a lane that failed, for want of the database mostly, is tried again. */
const AFTER_FAILURE_MS = 1_000
/** How soon a lane is asked for again that another worker holds: it hears every signal too, but may have died. */
const BUSY_MS = 2_000

/** The lanes that this process works. */
export interface Lanes {
  /** A shop has something due: its lane looks, or is begun. */
  wake(shopId: string): void
  /** Begins nothing new; resolves when every call in hand is settled. */
  rest(): Promise<void>
}

interface Running {
  signal: LaneSignal
  done: Promise<void>
}

export function createLanes(options: LaneOptions): Lanes {
  const running = new Map<string, Running>()
  /** Lanes that another worker held a moment ago. */
  const elsewhere = new Set<string>()
  const alarms = createAlarms(options.clock, (shopId) => {
    elsewhere.delete(shopId)
    wake(shopId)
  })
  let isResting = false

  return {
    wake,
    async rest() {
      isResting = true
      alarms.end()
      for (const { signal } of running.values()) {
        signal.isResting = true
        signal.bell.ring()
      }
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }

  function wake(shopId: string): void {
    const lane = running.get(shopId)
    if (lane) {
      lane.signal.isDue = true
      lane.signal.bell.ring()
    } else if (!isResting && !elsewhere.has(shopId)) begin(shopId)
  }

  function begin(shopId: string): void {
    const signal: LaneSignal = {
      bell: createDoorbell(),
      isDue: false,
      isResting: false,
      wakeAt: (at) => alarms.set(shopId, at),
    }
    const done = run(shopId, signal).finally(() => {
      running.delete(shopId)
      // Signalled while the lane was let go.
      if (signal.isDue && !isResting) begin(shopId)
    })
    running.set(shopId, { signal, done })
  }

  async function run(shopId: string, signal: LaneSignal): Promise<void> {
    try {
      if ((await runLane(shopId, signal, options)) !== 'busy') return
      elsewhere.add(shopId)
      signal.isDue = false
      alarms.set(shopId, new Date(options.clock().getTime() + BUSY_MS))
    } catch (error) {
      options.logger.error({ err: toError(error), shopId }, 'delivery.lane_failed')
      alarms.set(shopId, new Date(options.clock().getTime() + AFTER_FAILURE_MS))
    }
  }
}
