import { totalsOfOrders, type CustomerTotals } from '../store/customer-totals'
import { type Collection, type Id, type Order, type Product, type Variant } from '../store/model'
import { totalsOf, type OrderTotals } from '../store/order-totals'
import { type RecordMap } from '../store/record-map'
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
  #collections: Map<Id, Collection[]> | undefined

  constructor(shop: ShopState) {
    this.#shop = shop
  }

  totalsOf(order: Order): OrderTotals {
    const known = this.#totals.get(order.id)
    if (known) return known
    const totals = totalsOf(order)
    this.#totals.set(order.id, totals)
    return totals
  }

  totalsOfCustomer(id: Id): CustomerTotals {
    const known = this.#customers.get(id)
    if (known) return known
    const totals = totalsOfOrders(this.#shop.money, this.ordersOf(id))
    this.#customers.set(id, totals)
    return totals
  }

  ordersOf(customerId: Id): readonly Order[] {
    const { orders } = this.#shop
    const byCustomer = () => Map.groupBy(orders.values(), (order) => order.customerId ?? '')
    return held(ordersHeld, orders, byCustomer).get(customerId) ?? []
  }

  collectionsOf(productId: Id): readonly Collection[] {
    this.#collections ??= collectionsByProduct(this.#shop)
    return this.#collections.get(productId) ?? []
  }

  variant(id: Id): VariantSource | null {
    return this.#variants().byId.get(id) ?? null
  }

  variantOfItem(inventoryItemId: Id): VariantSource | null {
    return this.#variants().byItem.get(inventoryItemId) ?? null
  }

  #variants(): VariantIndex {
    const shop = this.#shop
    return held(variantsHeld, shop.products, () => {
      const all = variantsIn(shop)
      return {
        byId: new Map(all.map((source) => [source.variant.id, source])),
        byItem: new Map(all.map((source) => [source.variant.inventoryItemId, source])),
      }
    })
  }
}

interface VariantIndex {
  byId: Map<Id, VariantSource>
  byItem: Map<Id, VariantSource>
}

type Held<T, Index> = WeakMap<RecordMap<T>, { comings: number; index: Index }>
// A record keeps its customer and its variants for life, so that these need not be made anew with every change.
const ordersHeld: Held<Order, Map<Id, Order[]>> = new WeakMap()
const variantsHeld: Held<Product, VariantIndex> = new WeakMap()

function held<T, Index>(kept: Held<T, Index>, records: RecordMap<T>, make: () => Index): Index {
  const found = kept.get(records)
  if (found?.comings === records.comings) return found.index
  const index = make()
  kept.set(records, { comings: records.comings, index })
  return index
}

const lookups = new WeakMap<ShopState, { stamp: string; lookup: Lookup }>()

/** The lookup of a shop as it stands. */
export function lookupOf(shop: ShopState): Lookup {
  const stamp = stampOf(shop)
  const known = lookups.get(shop)
  if (known?.stamp === stamp) return known.lookup
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
      const members = found.get(id)
      if (members) members.push(collection)
      else found.set(id, [collection])
    }
  }
  return found
}
