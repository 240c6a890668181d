import { type News } from '../../contracts/news'
import { type Version } from '../../contracts/version'
import { type LosslessJson } from '../../lib/lossless-json'
import { toSortable } from '../../lib/time'

/** What a mapper needs to know of a webhook besides its body. */
export interface Delivery {
  /** The topic in the form of Shopify's documentation: `products/update`. */
  topic: string
  /** When Shopify says that it happened, in UTC with the decimals that it came with; null when it does not say. */
  triggeredAt: string | null
}

/** Turns a body into news. Pure. @throws UnmappableBody when the body cannot be understood */
export type Mapper = (body: LosslessJson, delivery: Delivery) => News[]

/** The trigger time as UTC text with nine decimals; empty when unknown. */
export function triggerTime({ triggeredAt }: Delivery): string {
  return triggeredAt === null ? '' : toSortable(triggeredAt)
}

/** The version of a state: its update time, or else its trigger time. */
export function stateVersion(updatedAt: string | null, delivery: Delivery): Version {
  const trigger = triggerTime(delivery)
  return { updatedAt: updatedAt === null ? trigger : toSortable(updatedAt), triggeredAt: trigger }
}

/** What a topic says of its record: `customers/create` that it is new, all others that it changed. */
export function actionOf({ topic }: Delivery): 'created' | 'updated' {
  return topic.endsWith('/create') ? 'created' : 'updated'
}
