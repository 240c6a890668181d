/** A `fetch` that sends what is for Shopify to the stand-in, and nothing else. */
export function routedTo(origin: string, realFetch: typeof fetch): typeof fetch
