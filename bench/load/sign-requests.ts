import { createHmac, randomUUID } from 'node:crypto'
import { orderBody } from './order'
import { type Plan, sizeOf } from './plan'
import { productBody, productTime } from './product'

/** A webhook that only needs to be sent. */
export interface SignedRequest {
  headers: Record<string, string>
  body: Buffer
}

/** All requests of a plan, each signed when it is asked for, each with a delivery id of its own. */
export function* signRequests(plan: Plan): Generator<SignedRequest, undefined> {
  for (let index = 0; index < sizeOf(plan); index += 1) {
    const { topic, text, triggeredAt } = webhook(plan, index)
    const body = Buffer.from(text)
    yield { body, headers: headersOf(plan, topic, triggeredAt, body) }
  }
}

function webhook({ news }: Plan, index: number): { topic: string; text: string; triggeredAt: string } {
  switch (news.kind) {
    case 'orders':
      return {
        topic: 'orders/create',
        text: orderBody(news.first + index),
        triggeredAt: '2026-11-02T19:11:06.123456789Z',
      }
    case 'products': {
      const { product, change } = news.list[index] ?? { product: 0, change: 0 }
      const topic = change === 0 ? 'products/create' : 'products/update'
      return { topic, text: productBody(product, change), triggeredAt: productTime(change) }
    }
  }
}

function headersOf(
  { store, secret }: Plan,
  topic: string,
  triggeredAt: string,
  body: Buffer,
): SignedRequest['headers'] {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(body.byteLength),
    'User-Agent': 'Shopify-Captain-Hook',
    // Shopify sends over TLS only, so that there always is a proxy, which says so.
    'X-Forwarded-For': '203.0.113.7',
    'X-Forwarded-Host': 'parity.example',
    'X-Forwarded-Proto': 'https',
    'X-Shopify-Topic': topic,
    'X-Shopify-Shop-Domain': store,
    'X-Shopify-API-Version': '2026-10',
    'X-Shopify-Webhook-Id': randomUUID(),
    'X-Shopify-Event-Id': randomUUID(),
    'X-Shopify-Triggered-At': triggeredAt,
    'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
  }
}
