import { type Resource } from '~/contracts/resource'

/** The table of each resource. */
export const TABLE: Record<Resource, string> = {
  order: '"MirrorOrder"',
  product: '"MirrorProduct"',
  customer: '"MirrorCustomer"',
  category: '"MirrorCategory"',
  message: '"MirrorMessage"',
}

/** A resource's name in URLs, full syncs and the sync log. */
export const PLURAL = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  category: 'categories',
  message: 'messages',
} as const satisfies Record<Resource, string>

/** What the sync log calls the events of a resource. */
export function eventsOf(resource: Resource): string {
  return `webhook:${PLURAL[resource]}`
}
