import { ShopifyEventsHeader, ShopifyHeader } from '@shopify/shopify-api'
import { toUtc } from '../../lib/time'
import { type Delivery } from './delivery'

/** Reads a header by its name, in any case: `Headers`, or what is read as cheaply as it came. Null, or empty, when it was not sent. */
export type HeaderReader = Pick<Headers, 'get'>

/** The names of the headers that every webhook has. */
export interface SignedHeaders {
  hmac: string
  topic: string
  domain: string
  apiVersion: string
  webhookId: string
}

/** In the two families that Shopify sends. */
const CLASSIC: SignedHeaders = {
  hmac: ShopifyHeader.Hmac,
  topic: ShopifyHeader.Topic,
  domain: ShopifyHeader.Domain,
  apiVersion: ShopifyHeader.ApiVersion,
  webhookId: ShopifyHeader.WebhookId,
}
const EVENTS: SignedHeaders = {
  hmac: ShopifyEventsHeader.Hmac,
  topic: ShopifyEventsHeader.Topic,
  domain: ShopifyEventsHeader.Domain,
  apiVersion: ShopifyEventsHeader.ApiVersion,
  webhookId: ShopifyEventsHeader.WebhookId,
}

/** The names of the headers that every webhook of that family has. */
export function signedHeaders(isEvents: boolean): SignedHeaders {
  return isEvents ? EVENTS : CLASSIC
}

/** Whether a request is signed as the Events family is; it is of that family then, also where it carries both. */
export function hasEventsSignature(headers: HeaderReader): boolean {
  return Boolean(headers.get(ShopifyEventsHeader.Hmac))
}

/** What the headers of a genuine webhook say, besides those that it is verified by. */
export interface DeliveryHeaders extends Delivery {
  /** Shared by all deliveries of one action; null when not sent. */
  senderEventId: string | null
  isTest: boolean
}

/** Reads the optional headers of a webhook. A trigger time that is no time counts as not sent. */
export function readDelivery(headers: HeaderReader): DeliveryHeaders {
  const isEvents = hasEventsSignature(headers)
  const prefix = isEvents ? 'shopify-' : 'x-shopify-'
  const read = (name: string) => headers.get(prefix + name)?.trim() || null
  const topic = (read('topic') ?? '').toLowerCase()
  const action = isEvents ? read('action')?.toLowerCase() : undefined
  return {
    topic: action ? `${topic}/${action}` : topic,
    triggeredAt: utcOrNull(read('triggered-at')),
    senderEventId: read('event-id'),
    isTest: headers.get('x-shopify-test')?.trim().toLowerCase() === 'true',
  }
}

function utcOrNull(text: string | null): string | null {
  try {
    return text === null ? null : toUtc(text)
  } catch {
    return null
  }
}
