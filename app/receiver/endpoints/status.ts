import { Resource } from '~/contracts/resource'
import { SCHEMA_VERSION } from '~/contracts/shared-schema'
import { success } from '../answer'
import { type Endpoint } from '../endpoint'
import { TABLE } from '../tables'
import { BATCH_LIMIT, StatusAnswer } from '../wire'

interface Row {
  resource: Resource
  count: string
  last_synced_at: Date | null
}

const STATEMENT = Resource.options
  .map(
    (resource) =>
      `SELECT '${resource}' AS resource, count(*) FILTER (WHERE "deletedAt" IS NULL), max("syncedAt") AS last_synced_at
       FROM ${TABLE[resource]} WHERE "storeId" = $1`,
  )
  .join(' UNION ALL ')

/** What the mirror holds, and what it can take. */
export const status: Endpoint = {
  method: 'GET',
  path: '/api/sync/status',
  summary: 'What is held of each resource, and how many events a batch may hold.',
  access: 'tenant',
  answer: StatusAnswer,
  refusals: [],

  async handle({ tenant }, { db }) {
    const rows = await db.query<Row>(STATEMENT, [tenant.storeId])
    const resources = rows.map(({ resource, count, last_synced_at }) => [
      resource,
      { count: Number(count), last_synced_at },
    ])
    return success({
      schema_version: SCHEMA_VERSION,
      batch_limit: BATCH_LIMIT,
      resources: Object.fromEntries(resources) as object,
    })
  },
}
