import { createHmac, timingSafeEqual } from 'node:crypto'
import { hasEventsSignature, type HeaderReader, signedHeaders } from './read-delivery'
import { sanitizeShop } from './sanitize-shop'

/** A webhook as it came. */
export interface WebhookRequest {
  headers: HeaderReader
  body: Uint8Array
}

/** Whether a webhook is Shopify's, and what its headers say of it. `shop` is null when the domain is not one of Shopify's. */
export type Verification =
  | { kind: 'genuine'; text: string; shop: string | null; apiVersion: string; webhookId: string }
  /** No signature, or one that none of the secrets made. */
  | { kind: 'forged'; isSigned: boolean }
  /** Genuine, but without headers that every webhook has. */
  | { kind: 'incomplete'; missing: string[] }
  /** Genuine, but its bytes are empty or are no UTF-8. */
  | { kind: 'no_text' }

/**
 * Verifies a webhook over its raw bytes with each secret in turn, and without a session: the verdicts of `webhooks.validate` of
 * Shopify's SDK, at a thirtieth of its cost (docs/decisions/011). A test holds the two together.
 *
 * @param secrets the current secret first
 */
export function verifyWebhook({ headers, body }: WebhookRequest, secrets: readonly string[]): Verification {
  const names = signedHeaders(hasEventsSignature(headers))
  const signature = headers.get(names.hmac)
  if (!signature) return { kind: 'forged', isSigned: false }
  if (!secrets.some((secret) => isSignature(signature, secret, body)))
    return { kind: 'forged', isSigned: true }

  const text = toText(body)
  if (!text) return { kind: 'no_text' }
  const missing = Object.values<string>({ ...names }).filter((name) => !headers.get(name))
  if (missing.length > 0) return { kind: 'incomplete', missing }

  const read = (name: string) => headers.get(name) ?? ''
  return {
    kind: 'genuine',
    text,
    shop: sanitizeShop(read(names.domain)),
    apiVersion: read(names.apiVersion),
    webhookId: read(names.webhookId),
  }
}

/** Compares texts, as the SDK does: another spelling of the same base64 is not what Shopify sends. */
function isSignature(given: string, secret: string, body: Uint8Array): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'))
  const claimed = Buffer.from(given)
  return claimed.length === expected.length && timingSafeEqual(claimed, expected)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes as text that encodes to the very same bytes; null where there is none. (A lenient decoder would give two different bodies one text.) */
function toText(body: Uint8Array): string | null {
  try {
    return utf8.decode(body)
  } catch {
    return null
  }
}
