import { type News } from './news'
import { type Platform } from './resource'

/** A genuine webhook, verified and mapped: what a route hands to intake. */
export interface Arrival {
  platform: Platform
  /** The store it is about: the shop domain for Shopify. */
  store: string
  /** The sender's id of this delivery, the same over its retries. */
  deliveryId: string
  topic: string
  apiVersion: string | null
  /** The sender's id of the action behind it. */
  senderEventId: string | null
  /** UTC text with nine decimals; null when the sender does not say. */
  triggeredAt: string | null
  isTest: boolean
  /** The bytes that were verified. */
  body: Uint8Array
  /** What it says: usually one piece of news; a merge of customers says two. Never empty. */
  news: News[]
}
