/*
 * What stands in for App Bridge in the browser tests: only what the app uses. The admin page of the tests gives
 * `__idToken`, a fresh session token of the shop. Follows the public behaviour of App Bridge:
 * https://shopify.dev/docs/api/app-bridge-library
 */
;(() => {
  const params = new URLSearchParams(location.search)
  const realFetch = window.fetch.bind(window)
  const idToken = () => window.__idToken()

  /** Requests to the app bear a session token; a refused one is tried once more with a fresh token. */
  const send = async (input, init) => {
    const request = new Request(input, init)
    const headers = new Headers(request.headers)
    if (!headers.has('authorization')) headers.set('Authorization', `Bearer ${await idToken()}`)
    return realFetch(new Request(request, { headers }))
  }
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input), location.href)
    if (url.origin !== location.origin) return realFetch(input, init)
    const answer = await send(input, init)
    const refused = answer.status === 401 && answer.headers.get('X-Shopify-Retry-Invalid-Session-Request')
    return refused ? send(input, init) : answer
  }

  window.shopify = {
    config: { shop: params.get('shop'), host: params.get('host'), locale: params.get('locale') ?? 'en' },
    idToken,
    toast: { show: () => '', hide: () => undefined },
    loading: () => undefined,
    ready: Promise.resolve(),
  }

  /** The bounce page: back to where the person wanted to go, with a token. */
  const wanted = params.get('shopify-reload')
  if (wanted) {
    void idToken().then((token) => {
      const url = new URL(wanted, location.href)
      url.searchParams.set('id_token', token)
      location.replace(url)
    })
  }
})()
