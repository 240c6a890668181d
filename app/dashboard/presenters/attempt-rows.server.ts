import { z } from 'zod'
import { Action, Resource } from '~/contracts/resource'
import { AttemptOutcome } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type ActivityQuery } from '../activity-query'
import { Instant } from './instant'
import { listRows } from './list-rows.server'
import { pageOfRows, type Page } from './page-of-rows'
import { type ShopScope } from './scope.server'

/** A row of `ATTEMPT_COLUMNS`. */
export const AttemptRowShape = z.object({
  id: z.string(),
  /** ISO 8601. */
  startedAt: Instant,
  /** ISO 8601; null while it is under way. */
  endedAt: Instant.nullable(),
  resource: Resource,
  externalId: z.string(),
  /** Which shape travelled. */
  action: Action,
  /** The how-manieth try in a row, from 1. */
  number: z.number(),
  outcome: AttemptOutcome,
  httpStatus: z.number().nullable(),
  /** The outcome in words. */
  detail: z.string().nullable(),
})

/** An attempt in a list. */
export type AttemptRow = z.infer<typeof AttemptRowShape>

const TABLE = { name: 'SyncAttempt', time: 'startedAt' } as const

/** What a list shows of an attempt, of "SyncAttempt" t and its "SyncRecord" r. */
export const ATTEMPT_COLUMNS = `t."id", t."startedAt", t."endedAt", t."resource", r."externalId", t."action", t."number",
  t."outcome", t."httpStatus", t."detail"`

/** A page of a shop's attempts, newest first. */
export async function presentAttemptRows(
  db: Database,
  scope: ShopScope,
  { outcome, resource, place }: ActivityQuery & { show: 'attempts' },
): Promise<Page<AttemptRow>> {
  const options = { table: TABLE, columns: ATTEMPT_COLUMNS, outcome, resource, place }
  const read = await listRows(db, scope, options)
  return pageOfRows({ ...read, rows: read.rows.map((row) => AttemptRowShape.parse(row)) })
}
