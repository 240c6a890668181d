/**
 * Sends this process's calls to `https://<shop>.myshopify.com` to the stand-in: `node --import` it, with
 * `PARITY_DEV_SHOPIFY_ORIGIN` naming where that listens. For the demo and the tests; never part of `npm start`.
 */
const origin = process.env.PARITY_DEV_SHOPIFY_ORIGIN
const realFetch = globalThis.fetch

if (origin) {
  globalThis.fetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined
    const url = new URL(request ? request.url : String(input))
    if (!url.hostname.endsWith('.myshopify.com')) return realFetch(input, init)

    const headers = new Headers(init?.headers ?? request?.headers)
    headers.set('X-Standin-Shop', url.hostname)
    const body = init?.body ?? (request && request.method !== 'GET' ? await request.arrayBuffer() : undefined)
    return realFetch(new URL(url.pathname + url.search, origin), {
      ...init,
      method: init?.method ?? request?.method ?? 'GET',
      headers,
      ...(body !== undefined && { body }),
      redirect: 'manual',
    })
  }
}
