import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Queue } from '../jobs/queue.server'
import { noConnection } from './no-connection'
import {
  type ChangeableConnection,
  type ConnectionChange,
  type Difference,
  isNewGeneration,
  isNewPlace,
  planChange,
} from './plan-change'
import { endRemovals } from './end-removals'
import { forgetKept } from './forget-kept'
import { readAnew } from './read-anew'
import { startRuns } from './start-run'

export type { ConnectionChange, Difference }

/** What a change came to. */
export interface ChangedConnection {
  /** In what it differs now; empty when it was so already, and nothing was changed. */
  differences: Difference[]
  /** The connection's generation now. */
  generation: number
}

/**
 * Changes a shop's connection: the one way to do so. Where address, tenant, dialect, policy or selection become others, the
 * connection gets a new generation, and a visible run looks at every record again. A connection that was refused or broken is
 * tried anew; one that a person paused stays paused.
 *
 * @throws ParityError `CONNECTION_MISSING` when the shop has no connection; nothing is changed then
 */
export async function changeConnection(
  tx: Sql,
  shopId: string,
  change: ConnectionChange,
  options: { queue: Queue; now: Date },
): Promise<ChangedConnection> {
  const before = await lockConnection(tx, shopId)
  const { differences, after } = planChange(before, change)
  if (differences.length === 0) return { differences, generation: before.generation }

  const isNew = isNewGeneration(differences)
  const generation = isNew ? before.generation + 1 : before.generation
  const addressGeneration = isNewPlace(differences) ? generation : before.addressGeneration
  await writeConnection(tx, shopId, { ...after, generation, addressGeneration }, options.now)
  if (isNew) {
    const startsAfresh = isNewPlace(differences) || differences.includes('dialect')
    const order = { resource: null, generation, startsAfresh, reason: reasonOf(differences) }
    await startRuns(tx, shopId, order, options)
    await readAnew(tx, shopId, before, after, options)
    await endRemovals(tx, shopId, isNewPlace(differences) ? 'all' : after.resources, options.now)
    if (isNewPlace(differences)) await forgetKept(tx, shopId)
  }
  await options.queue.send('alignHeld', [{ shopId }], tx)
  await notifyDue(tx, [shopId])
  return { differences, generation }
}

interface Row extends ChangeableConnection {
  generation: number
  addressGeneration: number
}

async function lockConnection(tx: Sql, shopId: string): Promise<Row> {
  const [row] = await tx.query<Row & { [column: string]: unknown }>(
    `SELECT "kind", "address", "sealedKey", "dialect", "piiPolicy", "resources", "includeTestOrders", "erasedFields", "chosen",
            "state", "stateReason", "generation", "addressGeneration"
     FROM "SaasConnection" WHERE "shopId" = $1 FOR NO KEY UPDATE`,
    [shopId],
  )
  if (!row) throw noConnection()
  return row
}

/** Writes the connection with its gate open, and nothing remembered of the SaaS that it was. */
async function writeConnection(tx: Sql, shopId: string, row: Row, now: Date): Promise<void> {
  await tx.query(
    `UPDATE "SaasConnection" SET "kind" = $2, "address" = $3, "sealedKey" = $4, "dialect" = $5, "piiPolicy" = $6, "resources" = $7,
            "includeTestOrders" = $8, "erasedFields" = $9, "state" = $10, "stateReason" = $11, "generation" = $12,
            "addressGeneration" = $13, "chosen" = $14, "probeAt" = NULL, "breaker" = NULL, "batchLimit" = NULL, "batchLimitAskedAt" = NULL, "updatedAt" = $15
     WHERE "shopId" = $1`,
    [
      shopId,
      row.kind,
      row.address,
      row.sealedKey,
      row.dialect,
      row.piiPolicy,
      row.resources,
      row.includeTestOrders,
      row.erasedFields,
      row.state,
      row.stateReason,
      row.generation,
      row.addressGeneration,
      row.chosen,
      now,
    ],
  )
}

/** In the order of weight: the first that holds is what a person should read. */
const REASONS: [Difference, string][] = [
  ['address', 'Records go to another address: all of them are sent there.'],
  ['tenant', 'Records go to another account of the SaaS: all of them are sent there.'],
  ['dialect', 'Records are sent in another format: those that differ in it are sent again.'],
  ['policy', 'What personal data may leave has changed: the records with such data are sent again.'],
  ['selection', 'The selection of records has changed.'],
]

function reasonOf(differences: Difference[]): string {
  const words = REASONS.filter(([difference]) => differences.includes(difference)).map(([, reason]) => reason)
  return isNewPlace(differences) ? words[0]! : words.join(' ')
}
