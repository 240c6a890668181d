import { randomUUID } from 'node:crypto'
import { shopifyJson, type Json } from '../json'
import { type Announcement, type ShopState } from '../store/shop-state'
import { type Courier } from './courier'
import { type Delivery } from './delivery'
import { signatureOf } from './sign'
import { type Subscription } from './subscriptions'

/** The app that is installed, as far as a webhook needs to know it. */
export interface Listener {
  url: string
  apiSecret: string
  apiVersion: string
  subscriptions: Subscription[]
}

/**
 * Turns what one action brought about into deliveries, one for each subscription to each topic.
 *
 * @param triggeredAt gives each announcement its time
 */
function deliveriesOf(
  shop: ShopState,
  listening: Listening,
  announcements: Announcement[],
  triggeredAt: () => string,
): Delivery[] {
  const eventId = randomUUID()
  return announcements.flatMap((announcement) => {
    const listener = listening(announcement.topic)
    if (!listener) return []
    const at = triggeredAt()
    return listener.subscriptions
      .filter((subscription) => subscription.topic === announcement.topic)
      .map((subscription) => deliveryOf(shop, listener, subscription, announcement, { eventId, at }))
  })
}

/** Who is told of a topic at that moment: the app, or nobody. */
export type Listening = (topic: string) => Listener | undefined

/** Sends every announcement of a shop to whoever listens. */
export function announceTo(
  shop: ShopState,
  listening: Listening,
  courier: Courier,
  triggeredAt: () => string,
): void {
  shop.announce = (announcements) => {
    shop.changes += 1
    for (const delivery of deliveriesOf(shop, listening, announcements, triggeredAt)) courier.send(delivery)
  }
}

function deliveryOf(
  shop: ShopState,
  listener: Listener,
  subscription: Subscription,
  { topic, recordId, body: whole }: Announcement,
  { eventId, at }: { eventId: string; at: string },
): Delivery {
  const body = shopifyJson(onlyFields(whole, subscription.includeFields))
  const webhookId = randomUUID()
  return {
    webhookId,
    eventId,
    shop: shop.domain,
    topic,
    recordId,
    url: new URL(subscription.uri, `${listener.url.replace(/\/$/, '')}/`).href,
    triggeredAt: at,
    headers: {
      'Content-Type': 'application/json',
      Accept: '*/*',
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': topic,
      'X-Shopify-Hmac-Sha256': signatureOf(body, listener.apiSecret),
      'X-Shopify-Shop-Domain': shop.domain,
      'X-Shopify-API-Version': listener.apiVersion,
      'X-Shopify-Webhook-Id': webhookId,
      'X-Shopify-Event-Id': eventId,
      'X-Shopify-Triggered-At': at,
      ...(subscription.name !== undefined && { 'X-Shopify-Name': subscription.name }),
    },
    body,
    state: 'waiting',
    attempts: [],
    nextAttemptAt: null,
  }
}

/** The top-level members that `include_fields` names. */
function onlyFields(body: Json, fields: string[] | undefined): Json {
  if (!fields || body === null || typeof body !== 'object' || Array.isArray(body)) return body
  const wanted = new Set(fields.map((field) => field.split('.')[0]))
  return Object.fromEntries(Object.entries(body).filter(([key]) => wanted.has(key)))
}
