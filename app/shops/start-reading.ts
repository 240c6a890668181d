import { v7 as uuidV7 } from 'uuid'
import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { planSlices } from './plan-slices'

/** The runs that read a store: to bring in what is there, and to find out besides what is not there any more. */
export const READING_KINDS = ['backfill', 'deep-reconciliation'] as const
export type ReadingKind = (typeof READING_KINDS)[number]

/** What of a store is to be read. */
export interface ReadingOrder {
  kind: ReadingKind
  resources: readonly ReadableResource[]
  /** Only what was updated since then; null for all. */
  since: Date | null
  /** Why, in words for a person. */
  reason: string
  /** Whether a comparison asks again about what a person decided to keep before. */
  asksAgain?: boolean
}

/**
 * Has a store read. A run that is under way takes it up besides what it does; otherwise one is begun.
 *
 * @returns the run
 */
export async function startReading(
  tx: Sql,
  sourceConnectionId: string,
  order: ReadingOrder,
  { queue, now }: { queue: Queue; now: Date },
): Promise<string> {
  const underWay = await lockReading(tx, sourceConnectionId)
  if (underWay !== null && order.since === null) await lookAgain(tx, underWay)
  const runId = underWay ?? (await insertRun(tx, sourceConnectionId, order, now))
  await insertSlices(tx, { runId, sourceConnectionId }, order, now)
  await queue.send('workRun', [{ runId }], tx)
  return runId
}

/**
 * The run that reads a source connection now; null when none does. Until the transaction ends nobody else starts one, and none ends.
 */
export async function lockReading(tx: Sql, sourceConnectionId: string): Promise<string | null> {
  await tx.query(`SELECT "id" FROM "SourceConnection" WHERE "id" = $1 FOR NO KEY UPDATE`, [
    sourceConnectionId,
  ])
  const [run] = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SyncRun" WHERE "sourceConnectionId" = $1 AND "kind" = ANY($2) AND "state" IN ('waiting', 'running')
     ORDER BY "startedAt" DESC LIMIT 1`,
    [sourceConnectionId, READING_KINDS],
  )
  return run?.id ?? null
}

async function insertRun(
  tx: Sql,
  sourceConnectionId: string,
  { kind, resources, reason, asksAgain = false }: ReadingOrder,
  now: Date,
): Promise<string> {
  const id = uuidV7()
  if (kind === 'deep-reconciliation') await cancelAsking(tx, sourceConnectionId, now)
  await tx.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "resource", "state", "detail", "startedAt", "asksAgain")
     VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7)`,
    [id, sourceConnectionId, kind, resources.length === 1 ? resources[0] : null, reason, now, asksAgain],
  )
  return id
}

/**
 * What will have been read whole besides may tell of records that were passed by, and of more than a person has confirmed. What only changed
 * since a time tells of no absence.
 */
async function lookAgain(tx: Sql, runId: string): Promise<void> {
  await tx.query(
    `UPDATE "SyncRun" SET "cursor" = NULL, "confirmedAt" = NULL WHERE "id" = $1 AND ("cursor" IS NOT NULL OR "confirmedAt" IS NOT NULL)`,
    [runId],
  )
}

/** What an older comparison asks a person about, a newer one finds out anew. */
async function cancelAsking(tx: Sql, sourceConnectionId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE "SyncRun" SET "state" = 'cancelled', "endedAt" = $2, "detail" = concat_ws(' ', "detail", 'A newer comparison took its place.')
     WHERE "sourceConnectionId" = $1 AND "state" = 'asking'`,
    [sourceConnectionId, now],
  )
}

async function insertSlices(
  tx: Sql,
  { runId, sourceConnectionId }: { runId: string; sourceConnectionId: string },
  { resources, since }: ReadingOrder,
  now: Date,
): Promise<void> {
  const slices = planSlices(resources, since, now)
  await tx.query(
    `INSERT INTO "SyncSlice" ("id", "runId", "sourceConnectionId", "ordinal", "resource", "createdFrom", "createdUntil", "updatedFrom", "state", "dueAt")
     SELECT s.id, $1, $2, COALESCE((SELECT max("ordinal") FROM "SyncSlice" WHERE "runId" = $1), -1) + s.place::int,
            s.resource, s.created, s.until, $7::timestamptz, 'waiting', $8::timestamptz
     FROM unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[]) WITH ORDINALITY AS s(id, resource, created, until, place)`,
    [
      runId,
      sourceConnectionId,
      slices.map(() => uuidV7()),
      slices.map(({ resource }) => resource),
      slices.map(({ createdFrom }) => createdFrom),
      slices.map(({ createdUntil }) => createdUntil),
      since,
      now,
    ],
  )
}
