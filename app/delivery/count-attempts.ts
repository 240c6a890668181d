import { type Sql } from '../db.server'
import { type Done, type Turn } from '../jobs/schedule'
import { DAY_MS } from '../lib/time'
import { sourcePages } from '../shops/source-pages'

const HOUR_MS = 60 * 60 * 1000
/** How far back hours are counted that passed while nothing counted them. Attempts are kept for longer than that. */
const LOOK_BACK_MS = 31 * DAY_MS
/** For how long an hour is counted again because attempts of it are still under way: a claim marks them abandoned whenever it comes. */
const UNSETTLED_MS = 7 * DAY_MS
/** How much of the past one statement counts at most. */
const SPAN_MS = DAY_MS

interface Span {
  sourceIds: readonly string[]
  from: Date
  to: Date
}

/**
 * Counts the attempts of each source connection by hour (UTC) and outcome, from the rows themselves and never by adding, so that
 * it can be repeated and interrupted at will. Each time it counts the hour that is and the one before it, which may still get
 * attempts; whole hours since the last time that it ended well; and hours with attempts that were under way when they were counted.
 *
 * @returns how many counts it changed
 */
export async function countAttempts(sql: Sql, { now, since, signal }: Turn): Promise<Done> {
  const to = new Date(hourOf(now.getTime()) + HOUR_MS)
  const from = new Date(firstHour(now.getTime(), since?.getTime()))
  let changed = 0
  for await (const sourceIds of sourcePages(sql, signal)) {
    const unsettled = await findUnsettled(sql, sourceIds, new Date(now.getTime() - UNSETTLED_MS), from)
    for (const span of [...unsettled, ...spansOf(sourceIds, from, to)]) {
      if (signal.aborted) break
      changed += await countSpan(sql, span)
    }
  }
  return { changed }
}

function hourOf(time: number): number {
  return time - (time % HOUR_MS)
}

function firstHour(now: number, since = 0): number {
  const lately = hourOf(Math.min(since, now)) - HOUR_MS
  return Math.max(lately, hourOf(now - LOOK_BACK_MS))
}

function spansOf(sourceIds: readonly string[], from: Date, to: Date): Span[] {
  const spans: Span[] = []
  for (let begin = from.getTime(); begin < to.getTime(); begin += SPAN_MS) {
    const end = Math.min(begin + SPAN_MS, to.getTime())
    spans.push({ sourceIds, from: new Date(begin), to: new Date(end) })
  }
  return spans
}

/** The hours between two times that were counted with attempts under way, each with the source connections that it is so for. */
async function findUnsettled(sql: Sql, sourceIds: readonly string[], from: Date, to: Date): Promise<Span[]> {
  const rows = await sql.query<{ hour: Date; sourceIds: string[] }>(
    `SELECT "hour", array_agg("sourceConnectionId"::text) AS "sourceIds" FROM "DeliveryStatistic"
     WHERE "sourceConnectionId" = ANY ($1::uuid[]) AND "hour" >= $2 AND "hour" < $3 AND "outcome" = 'in_flight'
     GROUP BY "hour"`,
    [sourceIds, from, to],
  )
  return rows.map(({ hour, sourceIds: those }) => ({
    sourceIds: those,
    from: hour,
    to: new Date(hour.getTime() + HOUR_MS),
  }))
}

/** Counted source by source: where one of them has most of the attempts, a plain join would read them all once a page. */
async function countSpan(sql: Sql, { sourceIds, from, to }: Span): Promise<number> {
  const [result] = await sql.query<{ changed: number }>(
    `WITH counted AS (
       SELECT source.id, each.* FROM unnest($1::uuid[]) AS source(id) CROSS JOIN LATERAL (
         SELECT date_trunc('hour', a."startedAt", 'UTC') AS "hour", a."outcome", count(*)::int AS "attempts" FROM "SyncAttempt" a
         WHERE a."sourceConnectionId" = source.id AND a."startedAt" >= $2 AND a."startedAt" < $3 GROUP BY 1, 2
       ) each
     ), gone AS (
       DELETE FROM "DeliveryStatistic" d
       WHERE d."sourceConnectionId" = ANY ($1::uuid[]) AND d."hour" >= $2 AND d."hour" < $3 AND NOT EXISTS (
         SELECT FROM counted c WHERE c.id = d."sourceConnectionId" AND c."hour" = d."hour" AND c."outcome" = d."outcome")
       RETURNING 1
     ), written AS (
       INSERT INTO "DeliveryStatistic" AS d ("sourceConnectionId", "hour", "outcome", "attempts")
       SELECT * FROM counted ORDER BY 1, 2, 3
       ON CONFLICT ("sourceConnectionId", "hour", "outcome") DO UPDATE SET "attempts" = EXCLUDED."attempts"
       WHERE d."attempts" <> EXCLUDED."attempts"
       RETURNING 1
     )
     SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM written))::int AS "changed"`,
    [sourceIds, from, to],
  )
  return result?.changed ?? 0
}
