/** The hosts that the stand-in speaks for: every shop, and where the results of bulk operations are. */
const isPlayed = (host) => host.endsWith('.myshopify.com') || host === 'storage.googleapis.com'

/**
 * A `fetch` that sends what is for Shopify to the stand-in, and nothing else.
 *
 * @param {string} origin where the stand-in listens
 * @param {typeof fetch} realFetch
 * @returns {typeof fetch}
 */
export function routedTo(origin, realFetch) {
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined
    const url = new URL(request ? request.url : String(input))
    if (!isPlayed(url.hostname)) return realFetch(input, init)

    const headers = new Headers(init?.headers ?? request?.headers)
    if (url.hostname.endsWith('.myshopify.com')) headers.set('X-Standin-Shop', url.hostname)
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
