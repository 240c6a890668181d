import { fulfillmentStatusOf } from '../bodies/order-body'
import { fullName } from '../bodies/body-parts'
import { type Shop } from '../shop'
import { type StoreResource } from '../store/model'
import { totalsOf } from '../store/order-totals'

/** One line of a table in the admin. */
export interface Row {
  id: string
  title: string
  detail: string
  status: string
  tone: 'good' | 'warn' | 'bad' | 'plain'
  updatedAt: string
}

const SHOWN = 50

const ROWS: Record<StoreResource, (shop: Shop) => Row[]> = {
  products: (shop) =>
    shop.products.list().map(({ id, title, variants, status, updatedAt }) => ({
      id,
      title,
      detail: `${variants[0]?.price} ${shop.state.currency}, ${variants.length} variant${variants.length === 1 ? '' : 's'}, ${variants.reduce((sum, each) => sum + each.inventoryQuantity, 0)} in stock`,
      status,
      tone: status === 'active' ? 'good' : 'plain',
      updatedAt,
    })),
  orders: (shop) =>
    shop.orders.list().map((order) => ({
      id: order.id,
      title: `#${order.orderNumber}`,
      detail: `${totalsOf(order).currentTotal} ${order.currency}, ${fulfillmentStatusOf(order) ?? 'unfulfilled'}`,
      status: order.cancelledAt ? 'cancelled' : order.financialStatus.replace('_', ' '),
      tone: order.cancelledAt ? 'bad' : order.financialStatus === 'paid' ? 'good' : 'warn',
      updatedAt: order.updatedAt,
    })),
  customers: (shop) =>
    shop.customers.list().map((customer) => ({
      id: customer.id,
      title: fullName(customer) || customer.email || 'No name',
      detail: [customer.email, ...customer.tags].filter(Boolean).join(', ') || 'no e-mail',
      status: customer.emailConsent?.state.replace('_', ' ') ?? 'no e-mail',
      tone: customer.emailConsent?.state === 'subscribed' ? 'good' : 'plain',
      updatedAt: customer.updatedAt,
    })),
  collections: (shop) =>
    shop.collections.list().map(({ id, title, productIds, sortOrder, updatedAt }) => ({
      id,
      title,
      detail: sortOrder,
      status: `${productIds.length} products`,
      tone: 'plain',
      updatedAt,
    })),
}

/** The records of a kind that were changed last, fifty at most, and how many match in all. */
export function rowsOf(shop: Shop, resource: StoreResource, search: string): { total: number; rows: Row[] } {
  const wanted = search.trim().toLowerCase()
  const matching = ROWS[resource](shop).filter(({ id, title }) =>
    `${id} ${title.toLowerCase()}`.includes(wanted),
  )
  const newest = matching
    .reverse()
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0))
  return { total: matching.length, rows: newest.slice(0, SHOWN) }
}
