import { readRoutes, routedHosts } from '../routed-hosts.mjs'
import { routedTo } from './routed-fetch.mjs'

/**
 * Sends this process's calls to `https://<shop>.myshopify.com`, and to the storage of bulk operations, to the stand-in:
 * `node --import` it, with `PARITY_DEV_SHOPIFY_ORIGIN` naming where that listens. With `PARITY_DEV_ROUTES`, such as
 * `saas.example=http://127.0.0.1:4000`, calls to these hosts go elsewhere as well. For the demo and the tests; never part of `npm start`.
 */
const origin = process.env.PARITY_DEV_SHOPIFY_ORIGIN
const routes = readRoutes(process.env.PARITY_DEV_ROUTES)

if (routes.size > 0) globalThis.fetch = routedHosts(routes, globalThis.fetch)
if (origin) globalThis.fetch = routedTo(origin, globalThis.fetch)
