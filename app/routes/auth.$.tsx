import { type LoaderFunctionArgs } from '@remix-run/node'
import { authenticate } from '~/shopify.server'

/** The paths of Shopify's library: the page that fetches a fresh session token, and the one that leaves the frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticate.admin(request)
  return null
}
