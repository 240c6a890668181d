import {
  customerDeletedBody,
  customerMergeBody,
  customerTagsBody,
  emailConsentBody,
  smsConsentBody,
} from '../bodies/customer-body'
import { makeCustomer } from '../seed/make-customer'
import { FIRST_NAMES, NOTES } from '../seed/words'
import { type Customer, type Id } from '../store/model'
import { mustFind, nowOf, Refused, type Announcement, type ShopState } from '../store/shop-state'
import { type ConsentInput, type CustomerInput } from './inputs'
import { customerNews, news } from './news'

/** `customers/create`; tags and consents that it is born with come in their own topics. */
export function createCustomer(shop: ShopState, input: CustomerInput = {}): Customer {
  const at = nowOf(shop)
  const customer = makeCustomer(shop, at)
  apply(customer, input)
  if (customer.email === null) customer.emailConsent = null
  if (customer.phone === null) customer.smsConsent = null
  shop.customers.set(customer.id, customer)
  shop.announce([
    ...customerNews(shop, customer, 'customers/create'),
    ...tagNews(customer, 'customer.tags_added', customer.tags, at),
    ...(customer.emailConsent ? [consentNews(shop, customer, 'email')] : []),
    ...(customer.smsConsent ? [consentNews(shop, customer, 'sms')] : []),
  ])
  return customer
}

/** `customers/update`, and what else it touches: tags, and the account enabled or disabled. */
export function updateCustomer(shop: ShopState, id: Id, input?: CustomerInput): Customer {
  const customer = mustFind(shop.customers, id, 'customer')
  const before = { tags: customer.tags, state: customer.state }
  apply(customer, input ?? plausibleChange(shop))
  customer.updatedAt = nowOf(shop)
  const added = customer.tags.filter((tag) => !before.tags.includes(tag))
  const removed = before.tags.filter((tag) => !customer.tags.includes(tag))
  shop.announce([
    ...customerNews(shop, customer, 'customers/update', ...accountTopics(before.state, customer.state)),
    ...tagNews(customer, 'customer.tags_added', added, customer.updatedAt),
    ...tagNews(customer, 'customer.tags_removed', removed, customer.updatedAt),
  ])
  return customer
}

/** `customer.tags_added` and `customers/update`. */
export function addCustomerTags(shop: ShopState, id: Id, tags: string[]): Customer {
  const { tags: held } = mustFind(shop.customers, id, 'customer')
  return updateCustomer(shop, id, { tags: [...new Set([...held, ...tags])].toSorted() })
}

/** `customer.tags_removed` and `customers/update`. */
export function removeCustomerTags(shop: ShopState, id: Id, tags: string[]): Customer {
  const { tags: held } = mustFind(shop.customers, id, 'customer')
  return updateCustomer(shop, id, { tags: held.filter((tag) => !tags.includes(tag)) })
}

/**
 * `customers_email_marketing_consent/update` or, for text messages, `customers_marketing_consent/update`; and
 * `customers/update`.
 *
 * @throws Refused when the customer has no such address to consent for
 */
export function setConsent(shop: ShopState, id: Id, { channel, state }: ConsentInput): Customer {
  const customer = mustFind(shop.customers, id, 'customer')
  if ((channel === 'email' ? customer.email : customer.phone) === null) {
    throw new Refused(`Customer ${id} has nothing to be reached at by ${channel}`)
  }
  customer.updatedAt = nowOf(shop)
  const consent = { state, optInLevel: 'single_opt_in' as const, updatedAt: customer.updatedAt }
  if (channel === 'email') customer.emailConsent = consent
  else customer.smsConsent = consent
  shop.announce([consentNews(shop, customer, channel), ...customerNews(shop, customer, 'customers/update')])
  return customer
}

/** `customers/delete`. @throws Refused when the customer has orders, as Shopify does */
export function deleteCustomer(shop: ShopState, id: Id): Customer {
  const customer = mustFind(shop.customers, id, 'customer')
  if ([...shop.orders.values()].some((order) => order.customerId === id)) {
    throw new Refused(`Customer ${id} has orders and cannot be deleted`)
  }
  shop.customers.delete(id)
  shop.announce([news('customers/delete', id, customerDeletedBody(customer))])
  return customer
}

/**
 * `customers/merge`, and `customers/update` for the customer that is kept: it gets the other's tags.
 *
 * @throws Refused when the other has orders: the stand-in does not play how they move
 */
export function mergeCustomers(shop: ShopState, keptId: Id, goneId: Id): Customer {
  const kept = mustFind(shop.customers, keptId, 'customer')
  const gone = mustFind(shop.customers, goneId, 'customer')
  if (keptId === goneId) throw new Refused(`Customer ${goneId} cannot be merged into itself`)
  if ([...shop.orders.values()].some((order) => order.customerId === goneId)) {
    throw new Refused(`Customer ${goneId} has orders, whose move is not played`)
  }
  shop.customers.delete(goneId)
  kept.tags = [...new Set([...kept.tags, ...gone.tags])].toSorted()
  kept.updatedAt = nowOf(shop)
  shop.announce([
    news('customers/merge', goneId, customerMergeBody(keptId, goneId)),
    ...customerNews(shop, kept, 'customers/update'),
  ])
  return kept
}

function apply(customer: Customer, input: CustomerInput): void {
  for (const [key, value] of Object.entries(input))
    if (value !== undefined) Object.assign(customer, { [key]: value })
}

function plausibleChange(shop: ShopState): CustomerInput {
  const { random } = shop
  return random.pick<() => CustomerInput>([
    () => ({ note: random.pick(NOTES) }),
    () => ({ firstName: random.pick(FIRST_NAMES) }),
    () => ({ state: random.pick(['enabled', 'disabled'] as const) }),
    () => ({ taxExempt: random.chance(0.5) }),
  ])()
}

function accountTopics(before: Customer['state'], after: Customer['state']): string[] {
  if (before === after) return []
  if (after === 'enabled') return ['customers/enable']
  return after === 'disabled' ? ['customers/disable'] : []
}

function tagNews(customer: Customer, topic: string, tags: string[], at: string): Announcement[] {
  return tags.length === 0 ? [] : [news(topic, customer.id, customerTagsBody(customer, tags, at))]
}

function consentNews(shop: ShopState, customer: Customer, channel: 'email' | 'sms'): Announcement {
  return channel === 'email'
    ? news('customers_email_marketing_consent/update', customer.id, emailConsentBody(shop, customer))
    : news('customers_marketing_consent/update', customer.id, smsConsentBody(shop, customer))
}
