import { type Json } from '../json'
import { type Id, type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, time } from './body-parts'

/** The body of `bulk_operations/finish`: it names neither the result nor where it is. */
export function bulkFinishedBody(
  shop: ShopState,
  operation: {
    id: Id
    status: string
    errorCode: string | null
    createdAt: Time
    completedAt: Time | null
  },
): Json {
  return {
    admin_graphql_api_id: gid('BulkOperation', operation.id),
    completed_at: time(shop, operation.completedAt),
    created_at: time(shop, operation.createdAt),
    error_code: operation.errorCode?.toLowerCase() ?? null,
    status: operation.status.toLowerCase(),
    type: 'query',
  }
}
