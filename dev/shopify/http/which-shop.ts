import { type Request } from 'express'
import { type Shop } from '../shop'

/** The shop that a request is for: by the header that the router sets, by `?shop=`, by Host, or else the first. */
export function shopOf(shops: Shop[], request: Request): Shop | undefined {
  const { shop } = request.query
  const named = [request.get('x-standin-shop'), typeof shop === 'string' ? shop : undefined]
  const host = request.hostname.endsWith('.myshopify.com') ? request.hostname : undefined
  const domain = [...named, host].find((name) => name !== undefined)
  return domain === undefined ? shops[0] : shops.find((each) => each.domain === domain)
}
