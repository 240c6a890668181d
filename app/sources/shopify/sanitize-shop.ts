import '@shopify/shopify-api/adapters/web-api'
import { LogSeverity, shopifyApi } from '@shopify/shopify-api'
import { API_VERSION } from '../../shopify-version'

/** Shopify's library; only its rule of what a shop's domain is is used, which asks neither for a key nor for a session. */
const { utils } = shopifyApi({
  apiKey: 'unused',
  apiSecretKey: 'unused',
  apiVersion: API_VERSION,
  hostName: 'parity.invalid',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error, log: () => {} },
})

/** The shop's domain in lower case; null when it is not one of Shopify's. */
export function sanitizeShop(domain: string): string | null {
  // The SDK takes lower-case domains only, and lets slashes stand at their end.
  return utils.sanitizeShop(domain.toLowerCase())?.replace(/\/+$/, '') ?? null
}
