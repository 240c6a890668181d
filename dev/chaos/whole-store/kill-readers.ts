import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../until'
import { runsOf } from './runs'
import { type World } from './world'

/** Processes are down for so long. */
const DOWN_MS: [number, number] = [300, 3_000]
/** So much of the store is read before the last death at the latest. */
const SHARE = 0.9

/**
 * kill -9 of both workers, whichever of them reads the store, at random moments of its being read.
 *
 * @returns how much of the store was read at each death, in records
 */
export async function killReaders(world: World): Promise<number[]> {
  const { random, deaths, records, fleet, say, patienceMs } = world
  const died: number[] = []
  for (let death = 0; death < deaths; death++) {
    // One in each part of the store, and never before it is read on.
    const drawn = Math.round(((death + random.next()) / deaths) * SHARE * records)
    const moment = Math.max(drawn, (died.at(-1) ?? 0) + 1)
    const reading = await until(`${moment} records are read`, () => reached(world, moment), patienceMs)
    if (reading.hasEnded) break
    const workers = fleet.names('workers')
    await Promise.all(workers.map((name) => fleet.kill(name)))
    died.push(await recordsRead(world))
    say(`killed both workers after ${died.at(-1)} records`)
    await Promise.all(
      workers.map(async (name) => {
        await pause(random.int(...DOWN_MS))
        await fleet.restart(name)
      }),
    )
  }
  return died
}

async function reached(world: World, moment: number): Promise<{ hasEnded: boolean } | null> {
  const [run] = await runsOf(world)
  if (run?.endedAt) return { hasEnded: true }
  return (await recordsRead(world)) >= moment ? { hasEnded: false } : null
}

async function recordsRead({ db }: World): Promise<number> {
  const [sum] = await db.query<{ read: number }>(
    `SELECT COALESCE(sum("readRecords"), 0)::int AS read FROM "SyncSlice"`,
  )
  return sum!.read
}
