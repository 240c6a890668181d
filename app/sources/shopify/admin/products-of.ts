import { z } from 'zod'
import { Id } from '../payload'
import { type AskAdmin } from './ask-admin.server'

export const PRODUCTS_OF = `#graphql
  query ProductsOf($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on InventoryItem {
        variants(first: 1) { nodes { product { id } } }
      }
    }
  }
`

const Item = z.object({
  variants: z.object({ nodes: z.array(z.object({ product: z.object({ id: z.string() }) })) }).nullish(),
})
const Items = z.object({ nodes: z.array(Item.nullable()) })

/** The products of inventory items, by item. Those that are gone, or belong to no variant, are left out. @throws ParityError as `AskAdmin` does */
export async function productsOf(ask: AskAdmin, itemIds: string[]): Promise<Map<string, string>> {
  const { data } = await ask({
    kind: `products of ${itemIds.length} items`,
    query: PRODUCTS_OF,
    variables: { ids: itemIds.map((id) => `gid://shopify/InventoryItem/${id}`) },
    answer: Items,
  })
  return new Map(
    itemIds.flatMap((itemId, index): [string, string][] => {
      const product = data.nodes[index]?.variants?.nodes[0]?.product.id
      const id = product === undefined ? null : Id.parse(product)
      return id === null ? [] : [[itemId, id]]
    }),
  )
}
