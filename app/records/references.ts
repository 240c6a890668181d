import { z } from 'zod'
import { type Envelope } from '../contracts/shared-schema'
import { type Reference } from './hasten'

const Id = z.string().min(1)
const Ids = z.object({
  customer_external_id: Id.nullish().catch(null),
  order_external_id: Id.nullish().catch(null),
  parent_external_id: Id.nullish().catch(null),
  category_external_ids: z.array(Id).catch([]),
  items: z.array(z.object({ product_external_id: Id.nullish() })).catch([]),
})

/** The records that this one refers to, and that a SaaS may want to have first. */
export function referencesOf({ data }: Envelope): Reference[] {
  const ids = Ids.parse(data)
  const products = ids.items.map(({ product_external_id: id }) => id)
  const references = [
    refer('customer', [ids.customer_external_id]),
    refer('order', [ids.order_external_id]),
    refer('category', [ids.parent_external_id, ...ids.category_external_ids]),
    refer('product', [...new Set(products)]),
  ]
  return references.flat()
}

function refer(resource: Reference['resource'], ids: (string | null | undefined)[]): Reference[] {
  return ids.flatMap((externalId) => (externalId ? [{ resource, externalId }] : []))
}
