import { totalsOfOrders, type CustomerTotals } from '../store/customer-totals'
import { type Collection, type Id, type Order, type Product, type Variant } from '../store/model'
import { totalsOf, type OrderTotals } from '../store/order-totals'
import { type ShopState } from '../store/shop-state'
import { stampOf } from './stamp'

export interface VariantSource {
  product: Product
  variant: Variant
}

/** What would be searched for again and again, made on first need; it holds until the shop changes. */
export class Lookup {
  readonly #shop: ShopState
  readonly #totals = new Map<Id, OrderTotals>()
  readonly #customers = new Map<Id, CustomerTotals>()
  #orders: Map<Id, Order[]> | undefined
  #collections: Map<Id, Collection[]> | undefined
  #variants: Map<Id, VariantSource> | undefined
  #items: Map<Id, VariantSource> | undefined

  constructor(shop: ShopState) {
    this.#shop = shop
  }

  totalsOf(order: Order): OrderTotals {
    const held = this.#totals.get(order.id)
    if (held) return held
    const totals = totalsOf(order)
    this.#totals.set(order.id, totals)
    return totals
  }

  totalsOfCustomer(id: Id): CustomerTotals {
    const held = this.#customers.get(id)
    if (held) return held
    const totals = totalsOfOrders(this.#shop.money, this.ordersOf(id))
    this.#customers.set(id, totals)
    return totals
  }

  ordersOf(customerId: Id): readonly Order[] {
    this.#orders ??= Map.groupBy(this.#shop.orders.values(), (order) => order.customerId ?? '')
    return this.#orders.get(customerId) ?? []
  }

  collectionsOf(productId: Id): readonly Collection[] {
    this.#collections ??= collectionsByProduct(this.#shop)
    return this.#collections.get(productId) ?? []
  }

  variant(id: Id): VariantSource | null {
    this.#variants ??= new Map(variantsIn(this.#shop).map((source) => [source.variant.id, source]))
    return this.#variants.get(id) ?? null
  }

  variantOfItem(inventoryItemId: Id): VariantSource | null {
    this.#items ??= new Map(variantsIn(this.#shop).map((source) => [source.variant.inventoryItemId, source]))
    return this.#items.get(inventoryItemId) ?? null
  }
}

const lookups = new WeakMap<ShopState, { stamp: string; lookup: Lookup }>()

/** The lookup of a shop as it stands. */
export function lookupOf(shop: ShopState): Lookup {
  const stamp = stampOf(shop)
  const held = lookups.get(shop)
  if (held?.stamp === stamp) return held.lookup
  const lookup = new Lookup(shop)
  lookups.set(shop, { stamp, lookup })
  return lookup
}

export function variantsIn(shop: ShopState): VariantSource[] {
  return [...shop.products.values()].flatMap(variantsOf)
}

export function variantsOf(product: Product): VariantSource[] {
  return product.variants.map((variant) => ({ product, variant }))
}

function collectionsByProduct(shop: ShopState): Map<Id, Collection[]> {
  const found = new Map<Id, Collection[]>()
  for (const collection of shop.collections.values()) {
    for (const id of collection.productIds) {
      const held = found.get(id)
      if (held) held.push(collection)
      else found.set(id, [collection])
    }
  }
  return found
}
