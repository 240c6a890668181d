import { PERSONAL_FIELDS } from '../contracts/resource'
import { type ReadableResource, READING_ORDER } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type ChangeableConnection } from './plan-change'
import { startReading } from './start-reading'

type Connection = Pick<ChangeableConnection, 'resources' | 'piiPolicy'>

/** The resources with personal data. */
const PERSONAL: readonly ReadableResource[] = ['customer', 'order']

/**
 * Has read of a shop's store what a change of its connection lets in and did not before: what came meanwhile of a resource that was not
 * selected has been missed or is out of date, and personal data that the policy forbade was never stored.
 */
export async function readAnew(
  tx: Sql,
  shopId: string,
  before: Connection,
  after: Connection,
  options: { queue: Queue; now: Date },
): Promise<void> {
  const resources = letIn(before, after)
  if (resources.length === 0) return
  const sources = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1 AND "platform" = 'shopify' ORDER BY "id"`,
    [shopId],
  )
  const reason = 'More of the store is mirrored than before.'
  for (const { id } of sources)
    await startReading(tx, id, { kind: 'backfill', resources, since: null, reason }, options)
}

function letIn(before: Connection, after: Connection): ReadableResource[] {
  const isLooser = PERSONAL_FIELDS[after.piiPolicy].some(
    (field) => !PERSONAL_FIELDS[before.piiPolicy].includes(field),
  )
  return READING_ORDER.filter(
    (resource) =>
      after.resources.includes(resource) &&
      (!before.resources.includes(resource) || (isLooser && PERSONAL.includes(resource))),
  )
}
