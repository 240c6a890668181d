import { type z } from 'zod'
import { type News } from '../../contracts/news'
import { partNames } from '../../contracts/parts'
import { type LosslessJson } from '../../lib/lossless-json'
import { type Delivery } from './delivery'
import { deletion } from './map-deletion'
import { hint } from './map-hint'
import { Id, object, parseBody, required, Word } from './payload'

const Merge = object({
  status: Word,
  admin_graphql_api_customer_kept_id: Id,
  admin_graphql_api_customer_deleted_id: Id,
})

/** A merge of two customers: when it is done, one of them is gone and the other has changed in every part. */
export function mapMerge(body: LosslessJson, delivery: Delivery): News[] {
  const merge = parseBody(Merge, body)
  switch (required('status', merge.status)) {
    case 'completed':
      return completed(merge, delivery)
    case 'failed':
      return [{ kind: 'ignored', reason: 'The merge failed: both customers are as they were.' }]
    default:
      return [{ kind: 'ignored', reason: 'The merge is not completed yet.' }]
  }
}

function completed(merge: z.output<typeof Merge>, delivery: Delivery): News[] {
  const { admin_graphql_api_customer_kept_id: kept, admin_graphql_api_customer_deleted_id: gone } = merge
  const keptId = required('admin_graphql_api_customer_kept_id', kept)
  const goneId = required('admin_graphql_api_customer_deleted_id', gone)
  return [
    { ...deletion('customer', goneId, delivery), mergedIntoExternalId: keptId },
    hint('customer', keptId, partNames('customer'), delivery),
  ]
}
