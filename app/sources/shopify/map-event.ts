import { type News } from '../../contracts/news'
import { partNames } from '../../contracts/parts'
import { type Resource } from '../../contracts/resource'
import { type LosslessJson } from '../../lib/lossless-json'
import { type Delivery } from './delivery'
import { deletion } from './map-deletion'
import { hint } from './map-hint'
import { UnmappableBody } from './unmappable-body'

/** The resources that Shopify's Events (developer preview) name in their topics, with the type in their gids. */
const EVENT_RESOURCES = new Map<string, { resource: Resource; type: string }>([
  ['product', { resource: 'product', type: 'Product' }],
  ['customer', { resource: 'customer', type: 'Customer' }],
  ['order', { resource: 'order', type: 'Order' }],
  ['collection', { resource: 'category', type: 'Collection' }],
])

/** Whether a topic is of Shopify's Events: `product/update`, where a classic webhook has `products/update`. */
export function isEventTopic(topic: string): boolean {
  return EVENT_RESOURCES.has(resourceName(topic))
}

/**
 * An event of the Events family. What its `data` holds is the subscription's own query, so that only the ids can be relied on: a
 * deletion is one, anything else is a hint. The ids are gids inside `query_variables`, or else inside `data`.
 */
export function mapEvent(body: LosslessJson, delivery: Delivery): News[] {
  const { resource, type } = eventResource(delivery.topic)
  const { query_variables: variables = null, data = null } = isObject(body) ? body : {}
  const named = idsIn(variables, type)
  const ids = named.length > 0 ? named : idsIn(data, type)
  const [id] = ids
  if (id === undefined) throw new UnmappableBody('query_variables', `names no ${type}`)

  const isDeletion = delivery.topic.endsWith('/delete') && ids.length === 1
  return isDeletion
    ? [deletion(resource, id, delivery)]
    : ids.map((one) => hint(resource, one, partNames(resource), delivery))
}

function eventResource(topic: string): { resource: Resource; type: string } {
  const known = EVENT_RESOURCES.get(resourceName(topic))
  if (!known) throw new UnmappableBody('topic', 'is not of Shopify Events')
  return known
}

function resourceName(topic: string): string {
  return topic.split('/', 1)[0] ?? ''
}

/** The ids of all gids of a type, wherever in the value they are; each once. */
function idsIn(value: LosslessJson, type: string): string[] {
  if (typeof value === 'string') {
    const id = new RegExp(`^gid://shopify/${type}/(\\d+)$`).exec(value)?.[1]
    return id === undefined ? [] : [id]
  }
  if (value === null || typeof value === 'boolean') return []
  const inner = Array.isArray(value) ? value : Object.values(value)
  return [...new Set(inner.flatMap((one) => idsIn(one, type)))]
}

function isObject(value: LosslessJson): value is { [key: string]: LosslessJson } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
