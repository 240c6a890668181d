import { v7 as uuidV7 } from 'uuid'
import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { ParityError } from '../lib/errors'
import { noConnection } from './no-connection'

/**
 * Has everything that was sent of a resource removed from a shop's SaaS, by a visible run for each of its sources. Only what is not mirrored
 * can be removed; from then on its records are desired to be gone there, until the resource is selected again or the removal is cancelled.
 *
 * @throws ParityError `CONNECTION_MISSING`, `SHOP_NOT_INSTALLED`, `RESOURCE_SELECTED` or `REMOVAL_UNDER_WAY`; nothing is changed then
 */
export async function startRemoval(
  tx: Sql,
  shopId: string,
  resource: Resource,
  { queue, now }: { queue: Queue; now: Date },
): Promise<void> {
  const facts = await lockFacts(tx, shopId)
  if (!facts) throw noConnection()
  if (!facts.isInstalled) throw refusal('SHOP_NOT_INSTALLED')
  if (facts.resources.includes(resource)) throw refusal('RESOURCE_SELECTED')
  if (await isUnderWay(tx, shopId, resource)) throw refusal('REMOVAL_UNDER_WAY')

  await tx.query(
    `UPDATE "SaasConnection" SET "removals" = "removals" || jsonb_build_object($2::text, $3::text), "updatedAt" = $4 WHERE "shopId" = $1`,
    [shopId, resource, now.toISOString(), now],
  )
  const runs = await insertRuns(tx, shopId, resource, now)
  await queue.send(
    'reevaluate',
    runs.map((runId) => ({ runId })),
    tx,
  )
}

interface Facts {
  isInstalled: boolean
  resources: Resource[]
}

/** Locked, so that selection and installation stay as they are until the transaction ends. */
async function lockFacts(tx: Sql, shopId: string): Promise<Facts | undefined> {
  const [connection] = await tx.query<Pick<Facts, 'resources'>>(
    `SELECT "resources" FROM "SaasConnection" WHERE "shopId" = $1 FOR NO KEY UPDATE`,
    [shopId],
  )
  // A statement of its own: one that has waited for the lock would see the shop as it was before.
  const [shop] = await tx.query<Pick<Facts, 'isInstalled'>>(
    `SELECT "uninstalledAt" IS NULL AS "isInstalled" FROM "Shop" WHERE "id" = $1`,
    [shopId],
  )
  return connection && shop && { ...connection, ...shop }
}

async function isUnderWay(tx: Sql, shopId: string, resource: Resource): Promise<boolean> {
  const open = await tx.query(
    `SELECT 1 FROM "SyncRun" r JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId"
     WHERE o."shopId" = $1 AND r."kind" = 'removal' AND r."resource" = $2 AND r."endedAt" IS NULL LIMIT 1`,
    [shopId, resource],
  )
  return open.length > 0
}

async function insertRuns(tx: Sql, shopId: string, resource: Resource, now: Date): Promise<string[]> {
  const sources = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1 ORDER BY "id"`,
    [shopId],
  )
  const ids = sources.map(() => uuidV7())
  await tx.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "resource", "state", "startedAt")
     SELECT r.id, r.source, 'removal', $3::text, 'waiting', $4::timestamptz FROM unnest($1::uuid[], $2::uuid[]) AS r(id, source)`,
    [ids, sources.map(({ id }) => id), resource, now],
  )
  return ids
}

const REFUSALS = {
  SHOP_NOT_INSTALLED: 'The app is not installed in this shop.',
  RESOURCE_SELECTED: 'Records of this kind are mirrored. Stop mirroring them first.',
  REMOVAL_UNDER_WAY: 'They are being removed already.',
} as const

function refusal(code: keyof typeof REFUSALS): ParityError {
  return new ParityError(code, { message: REFUSALS[code], userMessage: REFUSALS[code] })
}
