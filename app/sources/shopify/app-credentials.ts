/** What the app is to Shopify. */
export interface AppCredentials {
  apiKey: string
  apiSecret: string
}
