import { toError } from '~/lib/errors'
import { answerNotUnderstood, shopifyUnreachable, tokenRefused } from './errors'

const TIMEOUT_MS = 10_000

/** Whatever speaks HTTP as the global `fetch` does. */
export type Fetch = typeof fetch

/**
 * Posts JSON to a shop and answers the JSON that comes back.
 *
 * @param refusals the statuses that mean that the credentials are no good
 * @throws ParityError TOKEN_REFUSED, SHOPIFY_UNREACHABLE (to be retried) or SHOPIFY_ANSWER; none quotes a body
 */
export async function callShop(
  fetch: Fetch,
  call: {
    shop: string
    path: string
    headers?: Record<string, string>
    body: unknown
    refusals: readonly number[]
  },
): Promise<unknown> {
  const response = await post(fetch, call)
  if (call.refusals.includes(response.status))
    throw tokenRefused(call.shop, new Error(`status ${response.status}`))
  if (!response.ok) throw shopifyUnreachable(call.shop, `status ${response.status}`)

  return read(response, call.shop)
}

async function post(
  fetch: Fetch,
  {
    shop,
    path,
    headers,
    body,
  }: { shop: string; path: string; headers?: Record<string, string>; body: unknown },
): Promise<Response> {
  try {
    return await fetch(`https://${shop}${path}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch (error) {
    throw shopifyUnreachable(shop, toError(error).message, error)
  }
}

async function read(response: Response, shop: string): Promise<unknown> {
  let text: string
  try {
    text = await response.text()
  } catch (error) {
    throw shopifyUnreachable(shop, toError(error).message, error)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw answerNotUnderstood(shop, 'not JSON')
  }
}
