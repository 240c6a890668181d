import '@shopify/shopify-api/adapters/web-api'
import { LogSeverity, shopifyApi, ShopifyEventsHeader, ShopifyHeader } from '@shopify/shopify-api'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { API_VERSION } from '../../shopify-version'
import { isEventsFamily, signedHeaders } from './read-delivery'

/** A webhook as it came. */
export interface WebhookRequest {
  headers: Headers
  body: Uint8Array
}

/** Whether a webhook is Shopify's, and what the SDK read of it. `shop` is null when the domain is not one of Shopify's. */
export type Verification =
  | { kind: 'genuine'; text: string; shop: string | null; apiVersion: string; webhookId: string }
  /** No signature, or one that none of the secrets made. */
  | { kind: 'forged'; isSigned: boolean }
  /** Genuine, but without headers that every webhook has. */
  | { kind: 'incomplete'; missing: string[] }
  /** Genuine, but its bytes are empty or are no UTF-8. */
  | { kind: 'no_text' }

/** The SDK wants an address, and reads nothing from it. */
const WEBHOOK_URL = 'https://parity.invalid/webhooks'

/**
 * Verifies webhooks over their raw bytes with Shopify's SDK, with each secret in turn, and without a session.
 *
 * @param secrets the current secret first
 */
export function createVerifier(apiKey: string, secrets: string[]) {
  const libraries = secrets.map((secret) => createLibrary(apiKey, secret))

  return async ({ headers, body }: WebhookRequest): Promise<Verification> => {
    const hmac = headers.get(isEventsFamily(headers) ? ShopifyEventsHeader.Hmac : ShopifyHeader.Hmac)
    if (!hmac) return { kind: 'forged', isSigned: false }

    const text = toText(body)
    if (!text) {
      const isGenuine = secrets.some((secret) => isSignedWith(secret, body, hmac))
      return isGenuine ? { kind: 'no_text' } : { kind: 'forged', isSigned: true }
    }

    const rawRequest = new Request(WEBHOOK_URL, { method: 'POST', headers: signedHeaders(headers) })
    for (const library of libraries) {
      const verification = await verifyWith(library, text, rawRequest)
      if (verification.kind !== 'forged') return verification
    }
    return { kind: 'forged', isSigned: true }
  }
}

async function verifyWith(library: Library, text: string, rawRequest: Request): Promise<Verification> {
  const result = await library.webhooks.validate({ rawBody: text, rawRequest })
  if (result.valid) {
    const { domain, apiVersion, webhookId } = result
    // The SDK takes lower-case domains only, and lets slashes stand at their end.
    const shop = library.utils.sanitizeShop(domain.toLowerCase())?.replace(/\/+$/, '') ?? null
    return { kind: 'genuine', text, shop, apiVersion, webhookId }
  }
  return 'missingHeaders' in result
    ? { kind: 'incomplete', missing: result.missingHeaders }
    : { kind: 'forged', isSigned: true }
}

type Library = ReturnType<typeof createLibrary>

/** Shopify's library; only its webhook validation is used, which asks neither for the host nor for a session. */
function createLibrary(apiKey: string, apiSecretKey: string) {
  return shopifyApi({
    apiKey,
    apiSecretKey,
    apiVersion: API_VERSION,
    hostName: 'parity.invalid',
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error, log: () => {} },
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The bytes as text that encodes to the very same bytes, as the SDK will encode it to check the signature; null where there is
 * none. (A lenient decoder would give two different bodies one text.)
 */
function toText(body: Uint8Array): string | null {
  try {
    return utf8.decode(body)
  } catch {
    return null
  }
}

/** The SDK's check, for bytes that it cannot take: it wants text, and takes an empty body for none. */
function isSignedWith(secret: string, body: Uint8Array, hmac: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(hmac, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
