import { type AppCredentials } from '../app-credentials'
import { callShop, type Fetch } from './call-shop.server'

/**
 * Asks a shop for an access token, in the name of the app. (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens)
 *
 * @param grant what the token is asked for: its `grant_type`, and what proves the right to it
 * @returns the answer as it came
 * @throws ParityError TOKEN_REFUSED (400, 401), SHOPIFY_UNREACHABLE, SHOPIFY_ANSWER
 */
export function askToken(
  { fetch, app }: { fetch: Fetch; app: AppCredentials },
  shop: string,
  grant: Record<string, string>,
): Promise<unknown> {
  return callShop(fetch, {
    shop,
    path: '/admin/oauth/access_token',
    body: { client_id: app.apiKey, client_secret: app.apiSecret, ...grant },
    refusals: [400, 401],
  })
}
