import { v7 as uuid } from 'uuid'
import { sha256 } from '~/lib/sha256'
import { Refusal } from '../answer'
import { type Endpoint } from '../endpoint'
import { eventsOf, TABLE } from '../tables'
import { CustomerAnswer, CustomerHeaders } from '../wire'
import { shopOf } from './customers-sync'

/** Deletes one customer: what is left names it, and nothing more. */
export const customersDelete: Endpoint = {
  method: 'DELETE',
  path: '/api/customers/{id}',
  summary: 'Deletes one customer, by its Shopify id.',
  access: 'tenant',
  headers: CustomerHeaders,
  answer: CustomerAnswer,
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND'],

  async handle(call, { db, clock }) {
    const { id } = call.params
    const now = clock()
    const [deleted] = await db.query<{ id: string }>(
      `WITH deleted AS (
         UPDATE ${TABLE.customer}
         SET "revision" = greatest("revision" + 1, $5), "version" = NULL, "body" = $6, "bodyHash" = $7, "deletedAt" = $8,
           "syncedAt" = $9
         WHERE "storeId" = $1 AND "source" = $2 AND "store" = $3 AND "externalId" = $4 AND "deletedAt" IS NULL
         RETURNING "id"
       ), logged AS (
         INSERT INTO "MirrorSyncLog" ("id", "storeId", "syncType", "status", "syncedCount", "startedAt", "endedAt")
         SELECT $10, $1, $11, 'completed', count(*), $9, $9 FROM deleted
       )
       SELECT "id" FROM deleted`,
      [
        call.tenant.storeId,
        'shopify',
        shopOf(call),
        id,
        now.getTime(),
        { shopify_customer_id: id },
        sha256(''),
        now.toISOString(),
        now,
        uuid(),
        eventsOf('customer'),
      ],
    )
    if (!deleted) throw new Refusal('NOT_FOUND', 'There is no such customer.')
    return Response.json({ success: true, customer_id: deleted.id, message: 'The customer is deleted.' })
  },
}
