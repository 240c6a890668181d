import { createHmac, randomUUID } from 'node:crypto'
import { orderBody } from './order'
import { ordersOf, type Plan } from './plan'

/** A webhook that only needs to be sent. */
export interface SignedRequest {
  headers: Record<string, string>
  body: Buffer
}

/** All requests of a plan, signed, each with a delivery id of its own. */
export function signRequests(plan: Plan): SignedRequest[] {
  return Array.from({ length: ordersOf(plan) }, (_, index) => signed(plan, plan.firstOrder + index))
}

function signed({ store, secret }: Plan, order: number): SignedRequest {
  const body = Buffer.from(orderBody(order))
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(body.byteLength),
      'User-Agent': 'Shopify-Captain-Hook',
      // Shopify sends over TLS only, so that there always is a proxy, which says so.
      'X-Forwarded-For': '203.0.113.7',
      'X-Forwarded-Host': 'parity.example',
      'X-Forwarded-Proto': 'https',
      'X-Shopify-Topic': 'orders/create',
      'X-Shopify-Shop-Domain': store,
      'X-Shopify-API-Version': '2026-10',
      'X-Shopify-Webhook-Id': randomUUID(),
      'X-Shopify-Event-Id': randomUUID(),
      'X-Shopify-Triggered-At': '2026-11-02T19:11:06.123456789Z',
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
  }
}
