import { type RunningApp } from './run-app'
import { type Shop } from './shopify'

/** An ordinary browser's: Shopify's library answers robots otherwise. */
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'

/** Opens the app as the browser of a person does who comes from the Shopify admin: with a session token in the address. */
export async function openApp(app: RunningApp, shop: Shop): Promise<Response> {
  const query = new URLSearchParams({
    embedded: '1',
    shop: shop.domain,
    host: Buffer.from(`admin.shopify.com/store/${shop.handle}`).toString('base64url'),
    id_token: await shop.idToken(),
  })
  return fetch(`${app.url}/app?${query}`, { headers: { 'user-agent': USER_AGENT }, redirect: 'manual' })
}
