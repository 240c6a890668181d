import { z } from 'zod'
import { Action, Resource } from '~/contracts/resource'
import { AttemptOutcome } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type ActivityQuery } from '../activity-query'
import { hideAddresses } from '../hide-addresses'
import { Instant } from './instant'
import { listRows } from './list-rows.server'
import { pageOfRows, type Page } from './page-of-rows'
import { type ShopScope } from './scope.server'
import { spanOf } from './span-of'

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
  detail: z.string().transform(hideAddresses).nullable(),
})

/** An attempt in a list. */
export type AttemptRow = z.infer<typeof AttemptRowShape>

/** What a list shows of an attempt, of "SyncAttempt" t and its "SyncRecord" r. */
export const ATTEMPT_COLUMNS = `t."id", t."startedAt", t."endedAt", t."resource", r."externalId", t."action", t."number",
  t."outcome", t."httpStatus", t."detail"`

/** A page of a shop's attempts, newest first. */
export async function presentAttemptRows(
  db: Database,
  scope: ShopScope,
  query: ActivityQuery & { show: 'attempts' },
): Promise<Page<AttemptRow>> {
  const { outcome, resource, place } = query
  const filters = { outcome, resource, place, span: spanOf(query, scope.timeZone) }
  const options = { table: 'SyncAttempt' as const, columns: ATTEMPT_COLUMNS, ...filters }
  const read = await listRows(db, scope, options)
  return pageOfRows({ ...read, rows: read.rows.map((row) => AttemptRowShape.parse(row)) })
}
