import { toError } from '~/lib/errors'
import { answerNotUnderstood, shopifyUnreachable, tokenRefused } from './errors'

const TIMEOUT_MS = 10_000

/** Whatever speaks HTTP as the global `fetch` does. */
export type Fetch = typeof fetch

/** A call to a shop. */
export interface ShopCall {
  shop: string
  path: string
  headers?: Record<string, string>
  body: unknown
  /** The statuses that mean that the credentials are no good. */
  refusals: readonly number[]
  /** The statuses besides success whose answer the caller looks at. */
  passes?: readonly number[]
  timeoutMs?: number
  /** Breaks the call off. */
  signal?: AbortSignal
}

/**
 * Posts JSON to a shop and answers the JSON that comes back.
 *
 * @throws ParityError TOKEN_REFUSED, SHOPIFY_UNREACHABLE (to be retried) or SHOPIFY_ANSWER; none quotes a body
 */
export async function callShop(fetch: Fetch, call: ShopCall): Promise<unknown> {
  const { text } = await askShop(fetch, call)
  return parseAnswer(call.shop, text, JSON.parse)
}

/**
 * Posts JSON to a shop and answers what comes back, as it came.
 *
 * @throws ParityError TOKEN_REFUSED, SHOPIFY_UNREACHABLE (to be retried)
 */
export async function askShop(
  fetch: Fetch,
  call: ShopCall,
): Promise<{ status: number; headers: Headers; text: string }> {
  const { shop, refusals, passes = [] } = call
  const response = await post(fetch, call)
  const { status, headers } = response
  if (refusals.includes(status)) throw tokenRefused(shop, new Error(`status ${status}`))
  if (!response.ok && !passes.includes(status)) throw shopifyUnreachable(shop, `status ${status}`)

  return { status, headers, text: await read(response, shop) }
}

/** The answer of a shop as `parse` reads it. @throws ParityError SHOPIFY_ANSWER when it is not JSON */
export function parseAnswer<T>(shop: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch {
    throw answerNotUnderstood(shop, 'not JSON')
  }
}

async function post(
  fetch: Fetch,
  { shop, path, headers, body, timeoutMs = TIMEOUT_MS, signal }: ShopCall,
): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    return await fetch(`https://${shop}${path}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    })
  } catch (error) {
    throw shopifyUnreachable(shop, toError(error).message, error)
  }
}

async function read(response: Response, shop: string): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw shopifyUnreachable(shop, toError(error).message, error)
  }
}
