import { type Sql } from '../db.server'

/** A record as a run accounts for it. */
export interface Sighted {
  resource: string
  externalId: string
}

/** Notes records that a run has accounted for: seen in the store; or, where `isGone`, not found when the store was asked for them. */
export async function noteSightings(
  sql: Sql,
  runId: string,
  sighted: readonly Sighted[],
  isGone = false,
): Promise<void> {
  if (sighted.length === 0) return
  await sql.query(
    `INSERT INTO "RunSighting" ("runId", "resource", "externalId", "isGone")
     SELECT DISTINCT $1::uuid, s.resource, s.external, $4::boolean FROM unnest($2::text[], $3::text[]) AS s(resource, external)
     ON CONFLICT ("runId", "resource", "externalId") DO UPDATE SET "isGone" = EXCLUDED."isGone"
     WHERE "RunSighting"."isGone" IS DISTINCT FROM EXCLUDED."isGone"`,
    [runId, sighted.map(({ resource }) => resource), sighted.map(({ externalId }) => externalId), isGone],
  )
}
