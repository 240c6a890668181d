import { type StateNews } from '../../contracts/news'
import { type LosslessJson } from '../../lib/lossless-json'
import { omitUndefined } from '../../lib/omit-undefined'
import { actionOf, type Delivery, stateVersion } from './delivery'
import { externalId, IDS, object, parseBody, Text, Time, Title, Whole } from './payload'

const Collection = object({
  ...IDS,
  created_at: Time,
  updated_at: Time,
  title: Title,
  handle: Text,
  products_count: Whole,
})

/** The state of a collection, as a category. Shopify's collections have no parents, and webhooks do not count their products. */
export function mapCollection(body: LosslessJson, delivery: Delivery): [StateNews] {
  const collection = parseBody(Collection, body)
  const updatedAt = collection.updated_at ?? null
  const { created_at, handle, products_count: count } = collection
  return [
    {
      kind: 'state',
      resource: 'category',
      externalId: externalId(collection),
      action: actionOf(delivery),
      version: stateVersion(updatedAt, delivery),
      updatedAt,
      parts: omitUndefined({
        core: omitUndefined({
          created_at,
          name: collection.title ?? undefined,
          handle,
          parent_external_id: null,
        }),
        count: count === undefined ? undefined : { product_count: count },
      }),
    },
  ]
}
