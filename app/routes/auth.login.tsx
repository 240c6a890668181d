import { redirect } from '@remix-run/node'

/** Where Shopify's library sends a visitor without a shop. Parity has no login of its own: it is opened from the Shopify admin. */
export function loader() {
  return redirect('/')
}
