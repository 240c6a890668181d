import { type Database, type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type Downtime, type Part, reportDowntime } from './report-downtime'

/** How often a process says that it is there. */
export const BEAT_MS = 15_000
/** Who is not heard of for so long is not there. A restart takes less. */
const DOWN_MS = 60_000

/**
 * Says that this process is there. The first to say so after nobody of its part was there for more than a minute finds that out: each store
 * gets a run that says so, and what changed in that time is looked for. So it does not matter who notices, nor what kept the others: a stop,
 * a crash, a machine that slept, or a database that could not be reached.
 *
 * @param parts what this process does
 * @param now by the database's clock, as all processes write and compare it
 * @returns when each part was not there before this; empty when all were until just now, or never yet
 */
export async function beat(
  db: Database,
  queue: Queue,
  parts: readonly Part[],
  now: Date,
): Promise<Downtime[]> {
  if (await goOn(db, parts, now)) return []
  return db.transaction(async (tx) => {
    const gaps = (await readPulse(tx, parts)).filter(({ beatAt }) => isDown(beatAt, now))
    await tx.query(
      `INSERT INTO "Pulse" ("part", "beatAt") SELECT p, $2 FROM unnest($1::text[]) AS p ORDER BY p
       ON CONFLICT ("part") DO UPDATE SET "beatAt" = GREATEST("Pulse"."beatAt", EXCLUDED."beatAt")`,
      [parts, now],
    )
    const downtimes = together(gaps, now)
    for (const downtime of downtimes) await reportDowntime(tx, queue, downtime)
    return downtimes
  })
}

/** What nearly every beat is: the pulse goes on. @returns false when not all parts had one until just now */
async function goOn(sql: Sql, parts: readonly Part[], now: Date): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE "Pulse" p SET "beatAt" = GREATEST(p."beatAt", $2) FROM (
       SELECT "part", bool_and("beatAt" >= $3) OVER () AND count(*) OVER () = $4 AS beats
       FROM (SELECT * FROM "Pulse" WHERE "part" = ANY($1) ORDER BY "part" FOR UPDATE) held
     ) held WHERE p."part" = held."part" AND held.beats RETURNING p."part"`,
    [parts, now, new Date(now.getTime() - DOWN_MS), parts.length],
  )
  return rows.length > 0
}

interface PulseRow {
  part: Part
  beatAt: Date
}

/** Whoever comes second waits here, and then sees that somebody is there. */
function readPulse(tx: Sql, parts: readonly Part[]): Promise<PulseRow[]> {
  return tx.query<PulseRow & { [column: string]: unknown }>(
    `SELECT "part", "beatAt" FROM "Pulse" WHERE "part" = ANY($1) ORDER BY "part" FOR UPDATE`,
    [parts],
  )
}

function isDown(beatAt: Date, now: Date): boolean {
  return now.getTime() - beatAt.getTime() > DOWN_MS
}

/** What stopped at one time, as it does where one process does all, is told as one thing. */
function together(gaps: readonly PulseRow[], until: Date): Downtime[] {
  const downtimes = new Map<number, Downtime>()
  for (const { part, beatAt } of gaps) {
    const known = downtimes.get(beatAt.getTime())
    if (known) known.parts.push(part)
    else downtimes.set(beatAt.getTime(), { parts: [part], since: beatAt, until })
  }
  return [...downtimes.values()]
}
