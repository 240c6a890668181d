import { createHmac } from 'node:crypto'

/** What Shopify writes into `X-Shopify-Hmac-Sha256`: base64 of HMAC-SHA256 over the body's bytes with the app's secret. */
export function signatureOf(body: string, apiSecret: string): string {
  return createHmac('sha256', apiSecret).update(body, 'utf8').digest('base64')
}
