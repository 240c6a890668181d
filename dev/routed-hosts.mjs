/**
 * Reads which hosts are played by which server: `saas.example=http://127.0.0.1:4000,other.example=…`.
 *
 * @param {string | undefined} text
 * @returns {Map<string, string>} origins by host
 */
export function readRoutes(text = '') {
  return new Map(text.split(',').flatMap((route) => (route.includes('=') ? [route.split('=', 2)] : [])))
}

/**
 * A `fetch` that sends what is for these hosts to the servers that play them, and nothing else. So a double on the loopback can be reached
 * by an https name that looks public, which is all that a merchant may type.
 *
 * @param {Map<string, string>} origins by host
 * @param {typeof fetch} realFetch
 * @returns {typeof fetch}
 */
export function routedHosts(origins, realFetch) {
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    const origin = origins.get(url.hostname)
    if (origin === undefined) return realFetch(input, init)
    // What guards connections to the internet must not keep this one from the loopback.
    const unguarded = { ...init, dispatcher: undefined }
    const target = new URL(url.pathname + url.search, origin)
    return realFetch(input instanceof Request ? new Request(target, input) : target, unguarded)
  }
}
