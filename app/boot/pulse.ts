import { beat, BEAT_MS } from '../backfill/beat'
import { type Part } from '../backfill/report-downtime'
import { type Config } from '../config.server'
import { attempt } from './attempt'
import { type Parity } from './parity'

/** What a process of each role does. */
export const PARTS: Record<Config['PARITY_ROLE'], readonly Part[]> = {
  all: ['serving', 'working'],
  web: ['serving'],
  worker: ['working'],
}

/** The sign of life of a process. */
export interface Pulse {
  /** Gives no more; resolves when the last is given. */
  stop(): Promise<void>
}

/** Says now, and from now on, that this process is there. Nothing that fails ends it. @throws when the first time fails */
export async function startPulse(
  { db, queue, clock, logger }: Pick<Parity, 'db' | 'queue' | 'clock' | 'logger'>,
  parts: readonly Part[],
): Promise<Pulse> {
  const beatOnce = async () => {
    for (const downtime of await beat(db, queue, parts, clock())) logger.warn(downtime, 'parity.was_down')
  }
  await beatOnce()
  let beating: Promise<void> | undefined
  const timer = setInterval(() => {
    // A slow database must not gather them.
    if (!beating) attempt(() => (beating = beatOnce().finally(() => (beating = undefined))))
  }, BEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await beating?.catch(() => undefined)
    },
  }
}
