import { createHmac, randomUUID } from 'node:crypto'
import { type RunningApp } from '../../dev/run-app'

export const STORE = 'flows.myshopify.com'

/** A webhook as Shopify sends it; every part has a default, and null leaves a header out. */
export interface WebhookOptions {
  topic?: string | null
  body?: string | Buffer
  store?: string | null
  deliveryId?: string | null
  apiVersion?: string | null
  triggeredAt?: string | null
  /** The signature to claim instead of the true one; null for none. */
  signature?: string | null
  secret?: string
  /** Where to post it; by default where `shopify.app.toml` says. */
  path?: string
  method?: string
  family?: 'classic' | 'events'
  /** Headers beside those. */
  headers?: Record<string, string>
}

/** Signs a body as Shopify does. */
export function sign(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

/** Posts a webhook to the app, signed with its secret. */
export function postWebhook(app: RunningApp, options: WebhookOptions = {}): Promise<Response> {
  const { body = '{}', method = 'POST', topic = 'products/update' } = options
  const path = options.path ?? `/webhooks/${(topic ?? '').replace('.', '/')}`
  return fetch(app.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...webhookHeaders(app, options), ...options.headers },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
  })
}

function webhookHeaders(app: RunningApp, options: WebhookOptions): Record<string, string> {
  const { body = '{}', family = 'classic' } = options
  const secret = options.secret ?? app.env.SHOPIFY_API_SECRET!
  const prefix = family === 'classic' ? 'X-Shopify-' : 'shopify-'
  const given: Record<string, string | null> = {
    Topic: options.topic === undefined ? 'products/update' : options.topic,
    'Shop-Domain': options.store === undefined ? STORE : options.store,
    'API-Version': options.apiVersion === undefined ? '2026-10' : options.apiVersion,
    'Webhook-Id': options.deliveryId === undefined ? randomUUID() : options.deliveryId,
    'Triggered-At':
      options.triggeredAt === undefined ? '2026-09-14T16:20:32.123456789Z' : options.triggeredAt,
    'Hmac-Sha256': options.signature === undefined ? sign(body, secret) : options.signature,
  }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[prefix + name, value]])),
  )
}
