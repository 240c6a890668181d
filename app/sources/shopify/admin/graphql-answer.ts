import { z } from 'zod'
import { type LosslessJson } from '~/lib/lossless-json'

const Points = z.coerce.number().nonnegative()

/** What a question cost, and what the store's budget is since; see Shopify's page on the rate limits of the GraphQL Admin API. */
const Cost = z.object({
  requestedQueryCost: Points,
  throttleStatus: z.object({ maximumAvailable: Points, currentlyAvailable: Points, restoreRate: Points }),
})
export type Cost = z.infer<typeof Cost>

const GraphqlError = z.object({
  path: z.array(z.string()).nullish(),
  extensions: z.object({ code: z.string().nullish() }).nullish(),
})
export type GraphqlError = z.infer<typeof GraphqlError>

/** Every answer of the Admin API, over lossless JSON. Its errors are a list; a plain text comes with a status of failure. */
export const GraphqlAnswer = z.object({
  data: z.custom<LosslessJson>().optional(),
  errors: z.array(GraphqlError).nullish(),
  extensions: z.object({ cost: Cost.nullish().catch(null) }).nullish(),
})
export type GraphqlAnswer = z.infer<typeof GraphqlAnswer>
