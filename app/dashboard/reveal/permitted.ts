import { type Resource } from '~/contracts/resource'

/** What a person must be permitted to see in Shopify, to see the personal data of a resource here. Products and collections are no persons. */
const NEEDED: Record<Resource, readonly string[]> = {
  customer: ['customers'],
  order: ['orders'],
  message: ['customers'],
  product: [],
  category: [],
}

/** About no resource: the shop, its owner, a request of the law. */
const NEEDED_OTHERWISE = ['customers', 'orders']

/** Whether a resource holds personal data at all. */
export function isOfPerson(resource: Resource): boolean {
  return NEEDED[resource].length > 0
}

/** Whether the scopes that a person's permissions allow include the personal data of a resource; null for what is about none. */
export function isPermitted(scopes: readonly string[], resource: Resource | null): boolean {
  const needed = resource === null ? NEEDED_OTHERWISE : NEEDED[resource]
  // Shopify names the wider of two scopes only: who may write may read.
  return needed.every((what) => scopes.includes(`read_${what}`) || scopes.includes(`write_${what}`))
}
