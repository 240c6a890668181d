import { type Sql } from '~/db.server'
import { idPages } from '~/lib/id-pages'
import { inSlices } from '~/lib/in-slices'
import { DAY_MS } from '~/lib/time'

/** For how many days the log of calls is kept. */
export const LOG_DAYS = 30
/** How many rows one statement deletes at most. */
const SLICE = 1_000
/** How many tenants one statement looks at. */
const PAGE = 200

/**
 * Deletes the entries of the log that have been kept for long enough, the tenants' one after the other. Called off or interrupted,
 * the next time goes on from there.
 *
 * @returns how many
 */
export async function forgetLogs(sql: Sql, now: Date, signal: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - LOG_DAYS * DAY_MS)
  let forgotten = 0
  for await (const storeIds of tenantPages(sql, signal))
    forgotten += await inSlices(SLICE, signal, (size) => forgetSlice(sql, storeIds, before, size))
  return forgotten
}

function tenantPages(sql: Sql, signal: AbortSignal): AsyncGenerator<string[]> {
  return idPages(PAGE, signal, (after, size) =>
    sql.query(`SELECT "id" FROM "MirrorStore" WHERE "id" > $1 ORDER BY "id" LIMIT $2`, [after, size]),
  )
}

async function forgetSlice(sql: Sql, storeIds: string[], before: Date, size: number): Promise<number> {
  const forgotten = await sql.query(
    `DELETE FROM "MirrorSyncLog" WHERE "storeId" = ANY ($1::uuid[]) AND "id" = ANY (ARRAY(
       SELECT old."id" FROM unnest($1::uuid[]) AS store(id) CROSS JOIN LATERAL (
         SELECT l."id" FROM "MirrorSyncLog" l WHERE l."storeId" = store.id AND l."startedAt" < $2
         ORDER BY l."startedAt" LIMIT $3
       ) old LIMIT $3
     )) RETURNING "id"`,
    [storeIds, before, size],
  )
  return forgotten.length
}
