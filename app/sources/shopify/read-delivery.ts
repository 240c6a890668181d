import { ShopifyEventsHeader, ShopifyHeader } from '@shopify/shopify-api'
import { toUtc } from '../../lib/time'
import { type Delivery } from './delivery'

/** The headers that the SDK demands of a webhook, in the two families that Shopify sends. */
const CLASSIC = [
  ShopifyHeader.Hmac,
  ShopifyHeader.Topic,
  ShopifyHeader.Domain,
  ShopifyHeader.ApiVersion,
  ShopifyHeader.WebhookId,
]
const EVENTS = [
  ShopifyEventsHeader.Hmac,
  ShopifyEventsHeader.Topic,
  ShopifyEventsHeader.Domain,
  ShopifyEventsHeader.ApiVersion,
  ShopifyEventsHeader.WebhookId,
]

/** The family that the SDK will take a request for: the one that its signature is in; Events where it carries both. */
export function isEventsFamily(headers: Headers): boolean {
  return Boolean(headers.get(ShopifyEventsHeader.Hmac))
}

/** The headers that the SDK reads, and no others: it goes through all of them many times over. */
export function signedHeaders(headers: Headers): Headers {
  const names: string[] = isEventsFamily(headers) ? EVENTS : CLASSIC
  return new Headers(
    names.flatMap((name): [string, string][] => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

/** What the headers of a genuine webhook say, besides what the SDK has read of them. */
export interface DeliveryHeaders extends Delivery {
  /** Shared by all deliveries of one action; null when not sent. */
  senderEventId: string | null
  isTest: boolean
}

/** Reads the optional headers of a webhook. A trigger time that is no time counts as not sent. */
export function readDelivery(headers: Headers): DeliveryHeaders {
  const prefix = isEventsFamily(headers) ? 'shopify-' : 'x-shopify-'
  const read = (name: string) => headers.get(prefix + name)?.trim() || null
  const topic = (read('topic') ?? '').toLowerCase()
  const action = isEventsFamily(headers) ? read('action')?.toLowerCase() : undefined
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
