import { routedTo } from './routed-fetch.mjs'

/**
 * Sends this process's calls to `https://<shop>.myshopify.com`, and to the storage of bulk operations, to the stand-in:
 * `node --import` it, with `PARITY_DEV_SHOPIFY_ORIGIN` naming where that listens. For the demo and the tests; never part of
 * `npm start`.
 */
const origin = process.env.PARITY_DEV_SHOPIFY_ORIGIN

if (origin) globalThis.fetch = routedTo(origin, globalThis.fetch)
