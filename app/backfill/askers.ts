import { createAlarms } from '../lib/alarms'
import { toError } from '../lib/errors'
import { limit } from '../lib/limit'
import { type AskOptions } from './ask-options'
import { askSource } from './ask-source'

/** How many stores one process asks at once. Each waits for its store most of the time. */
const MOST_SOURCES = 16
/** How soon a source is looked at again that failed for want of the database. */
const AFTER_FAILURE_MS = 1_000
/** How long a store that cannot be asked is left alone at most, whatever new is to be asked. */
const QUIET_MS = 60_000

/** What this process asks stores. */
export interface Askers {
  /** A source has something to be asked: it is looked at, or looked at again. */
  wake(sourceConnectionId: string): void
  /** Begins nothing new; resolves when nothing is in hand any more. */
  rest(): Promise<void>
}

interface Running {
  isWoken: boolean
  done: Promise<void>
}

/** Makes the asker of each source connection: it asks until nothing is due, and again when it is woken or its next question is due. */
export function createAskers(options: AskOptions): Askers {
  const { clock, logger } = options
  const running = new Map<string, Running>()
  /** Until when stores are left alone. */
  const quiet = new Map<string, Date>()
  const inPlace = limit(MOST_SOURCES)
  const resting = new AbortController()
  const alarms = createAlarms(clock, wake)

  return {
    wake,
    async rest() {
      resting.abort()
      alarms.end()
      await Promise.all([...running.values()].map(({ done }) => done))
    },
  }

  function wake(id: string): void {
    const asker = running.get(id)
    const quietUntil = quiet.get(id)
    if (asker) asker.isWoken = true
    else if (quietUntil && quietUntil > clock()) alarms.set(id, quietUntil)
    else if (!resting.signal.aborted) begin(id)
  }

  function begin(id: string): void {
    quiet.delete(id)
    const asker: Running = { isWoken: false, done: Promise.resolve() }
    running.set(id, asker)
    asker.done = inPlace(() => run(id, asker)).finally(() => {
      running.delete(id)
      if (asker.isWoken) wake(id)
    })
  }

  async function run(id: string, asker: Running): Promise<void> {
    asker.isWoken = false
    try {
      const { nextAt, hasFailed } = await askSource(id, options, resting.signal)
      if (nextAt && hasFailed) quiet.set(id, earlier(nextAt, inMs(QUIET_MS)))
      if (nextAt) alarms.set(id, nextAt)
    } catch (error) {
      logger.error({ err: toError(error), sourceConnectionId: id }, 'questions.failed')
      quiet.set(id, inMs(AFTER_FAILURE_MS))
      alarms.set(id, inMs(AFTER_FAILURE_MS))
    }
  }

  function inMs(ms: number): Date {
    return new Date(clock().getTime() + ms)
  }
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
