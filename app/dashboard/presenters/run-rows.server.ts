import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type ActivityQuery } from '../activity-query'
import { RunKind, RunState } from '../run-words'
import { Instant } from './instant'
import { listRows } from './list-rows.server'
import { pageOfRows, type Page } from './page-of-rows'
import { type ShopScope } from './scope.server'
import { spanOf } from './span-of'

const RunRowShape = z.object({
  id: z.string(),
  kind: RunKind,
  state: RunState,
  /** Null for all. */
  resource: Resource.nullable(),
  /** ISO 8601. */
  startedAt: Instant,
  /** ISO 8601; null while it is under way. */
  endedAt: Instant.nullable(),
  /** How many records it has looked at, and how many of them differed. */
  done: z.number(),
  changed: z.number(),
  /** What it compared, found and repaired, in words. */
  words: z.string().nullable(),
})

/** A run in a list. */
export type RunRow = z.infer<typeof RunRowShape>

const COLUMNS = `t."id", t."kind", t."state", t."resource", t."startedAt", t."endedAt", t."changed",
  GREATEST(t."done", (SELECT sum(p."readRecords") FROM "SyncSlice" p WHERE p."runId" = t."id"))::int AS "done", t."detail" AS "words"`

/** A page of a shop's runs, newest first. */
export async function presentRunRows(
  db: Database,
  scope: ShopScope,
  query: ActivityQuery & { show: 'runs' },
): Promise<Page<RunRow>> {
  const { outcome, resource, place } = query
  const filters = { outcome, resource, place, span: spanOf(query, scope.timeZone) }
  const read = await listRows(db, scope, { table: 'SyncRun', columns: COLUMNS, ...filters })
  return pageOfRows({ ...read, rows: read.rows.map((row) => RunRowShape.parse(row)) })
}
