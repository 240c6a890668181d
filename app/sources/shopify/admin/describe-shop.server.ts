import { type Session } from '@shopify/shopify-api'
import { z } from 'zod'
import { API_VERSION } from '~/shopify-version'
import { callShop, type Fetch } from './call-shop.server'
import { answerNotUnderstood, tokenRefused } from './errors'

/** The one question; a test checks it against the schema of that API version. */
export const DESCRIBE_SHOP = `#graphql
  query DescribeShop {
    shop {
      name
      currencyCode
      ianaTimezone
      myshopifyDomain
    }
  }
`

const Answer = z.object({
  data: z.object({
    shop: z.object({
      name: z.string(),
      currencyCode: z.string().length(3),
      ianaTimezone: z.string().min(1),
      myshopifyDomain: z.string(),
    }),
  }),
})

/** A shop as its owner describes it. */
export interface ShopDescription {
  name: string
  /** ISO 4217. */
  currency: string
  /** IANA time zone. */
  timeZone: string
}

/**
 * Asks the Admin API how a shop is called, in which currency it reckons and in which time zone it lives.
 *
 * @throws ParityError TOKEN_REFUSED, SHOPIFY_UNREACHABLE (to be retried), SHOPIFY_ANSWER
 */
export async function describeShop(
  session: Session,
  fetch: Fetch = globalThis.fetch,
): Promise<ShopDescription> {
  const { shop, accessToken } = session
  if (!accessToken) throw tokenRefused(shop)

  const answer = Answer.safeParse(
    await callShop(fetch, {
      shop,
      path: `/admin/api/${API_VERSION}/graphql.json`,
      headers: { 'X-Shopify-Access-Token': accessToken },
      body: { query: DESCRIBE_SHOP },
      refusals: [401, 403],
    }),
  )
  if (!answer.success) throw answerNotUnderstood(shop, 'no description of the shop')

  const { name, currencyCode, ianaTimezone, myshopifyDomain } = answer.data.data.shop
  if (myshopifyDomain !== shop) throw answerNotUnderstood(shop, 'the description of another shop')
  return { name, currency: currencyCode, timeZone: ianaTimezone }
}
