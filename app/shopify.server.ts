import '@shopify/shopify-app-remix/adapters/node'
import { AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server'
import { config } from './config.server'
import { database } from './db.server'
import { inTurn } from './lib/in-turn'
import { logger } from './logger.server'
import { SessionStorage } from './session-storage.server'
import { API_VERSION } from './shopify-version'

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
    sessionStorage: new SessionStorage(database().prisma),
    // Never Debug: there the library writes session tokens.
    logger: { level: LogSeverity.Info, log: writeLibraryLine },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  })
}

let current: ReturnType<typeof createShopify> | undefined

/** Shopify's library, set up at the first call, so that importing this module needs no environment. @throws ConfigError */
export function shopify(): ReturnType<typeof createShopify> {
  current ??= createShopify()
  return current
}

const oneLoaderATime = inTurn()

/**
 * Authentication of embedded pages, as Shopify's documentation names it: `await authenticate.admin(request)`.
 *
 * The loaders of one page load carry the same session token and would each exchange it; here the first does, and the
 * others find the session that it stored.
 */
export const authenticate = {
  admin: (request: Request) =>
    oneLoaderATime(sessionTokenOf(request), () => shopify().authenticate.admin(request)),
}

function sessionTokenOf(request: Request): string {
  return request.headers.get('authorization') ?? new URL(request.url).searchParams.get('id_token') ?? ''
}

/** The library's lines, in the words of our log: what it calls information is detail here. */
function writeLibraryLine(severity: LogSeverity, line: string): void {
  switch (severity) {
    case LogSeverity.Error:
      return logger().error({ line }, 'shopify.library')
    case LogSeverity.Warning:
      return logger().warn({ line }, 'shopify.library')
    case LogSeverity.Info:
    case LogSeverity.Debug:
      return logger().debug({ line }, 'shopify.library')
  }
}
