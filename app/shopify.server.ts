import '@shopify/shopify-app-remix/adapters/node'
import { ApiVersion, AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server'
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma'
import { config } from './config.server'
import { database } from './db.server'

/** The Admin API version that everything here speaks; `shopify.app.toml` names the same one. */
export const API_VERSION = ApiVersion.October26

function createShopify() {
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET, SHOPIFY_APP_URL, SCOPES } = config()

  return shopifyApp({
    apiKey: SHOPIFY_API_KEY,
    apiSecretKey: SHOPIFY_API_SECRET,
    appUrl: SHOPIFY_APP_URL,
    scopes: SCOPES,
    apiVersion: API_VERSION,
    authPathPrefix: '/auth',
    distribution: AppDistribution.AppStore,
    useOnlineTokens: false,
    sessionStorage: new PrismaSessionStorage(database().prisma),
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  })
}

let current: ReturnType<typeof createShopify> | undefined

/** Shopify's library, set up at the first call, so that importing this module needs no environment. @throws ConfigError */
export function shopify(): ReturnType<typeof createShopify> {
  current ??= createShopify()
  return current
}

/** Authentication of embedded pages, as Shopify's documentation names it: `await authenticate.admin(request)`. */
export const authenticate = {
  admin: (request: Request) => shopify().authenticate.admin(request),
}
