import { z } from 'zod'
import { startShopify, type ShopifyOptions, type ShopifyStandIn } from './start-shopify'

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).optional() }))
    .optional(),
})
type Answer = z.infer<typeof Answer>

const Begun = z.object({
  bulkOperation: z.object({ id: z.string(), status: z.string() }).nullable(),
  userErrors: z.array(
    z.object({
      field: z.array(z.string()).nullable(),
      message: z.string(),
      code: z.string().nullable().optional(),
    }),
  ),
})

const Operation = z.object({
  status: z.string(),
  errorCode: z.string().nullable(),
  objectCount: z.string(),
  rootObjectCount: z.string(),
  fileSize: z.string().nullable(),
  createdAt: z.string(),
  completedAt: z.string().nullable(),
  url: z.string().nullable(),
  partialDataUrl: z.string().nullable(),
})

export type Row = Record<string, unknown> & { id: string; __parentId?: string }

/** A stand-in with an app that asks it, for tests. */
export interface Desk {
  shopify: ShopifyStandIn
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** The answer's data, where there must be no error. */
  data(query: string, variables?: Record<string, unknown>): Promise<unknown>
  begin(query: string, isGrouped?: boolean): Promise<z.infer<typeof Begun>>
  /** Begins an operation that must be taken. @returns its gid */
  begun(query: string, isGrouped?: boolean): Promise<string>
  operation(id: string): Promise<z.infer<typeof Operation>>
  download(url: string | null, headers?: Record<string, string>): Promise<Response>
  /** The rows of a file. */
  rows(url: string | null): Promise<Row[]>
}

export async function openDesk(options: ShopifyOptions): Promise<Desk> {
  const shopify = await startShopify({
    subscriptions: { apiVersion: '2026-10', scopes: [], list: [] },
    ...options,
  })
  shopify.connectApp({ url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' })
  const token = shopify.shop.tokens.issue(false).access_token
  const ask: Desk['ask'] = async (query, variables) => {
    const response = await shopify.fetch(`https://${shopify.shop.domain}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Shopify-Access-Token': token },
      body: JSON.stringify({ query, variables }),
    })
    return Answer.parse(await response.json())
  }
  const data: Desk['data'] = async (query, variables) => {
    const answer = await ask(query, variables)
    if (answer.errors) throw new Error(JSON.stringify(answer.errors))
    return answer.data
  }
  const begin: Desk['begin'] = async (query, isGrouped = false) => {
    const answer = await data(RUN, { query, isGrouped })
    return z.object({ bulkOperationRunQuery: Begun }).parse(answer).bulkOperationRunQuery
  }
  return {
    shopify,
    ask,
    data,
    begin,
    async begun(query, isGrouped) {
      const { bulkOperation, userErrors } = await begin(query, isGrouped)
      if (!bulkOperation) throw new Error(JSON.stringify(userErrors))
      return bulkOperation.id
    },
    async operation(id) {
      const answer = await data(STATE, { id })
      return z.object({ bulkOperation: Operation }).parse(answer).bulkOperation
    },
    download: (url, headers = {}) => shopify.fetch(url ?? 'https://storage.googleapis.com/none', { headers }),
    async rows(url) {
      const text = await (await shopify.fetch(url ?? 'https://storage.googleapis.com/none')).text()
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
    },
  }
}

const RUN = `mutation ($query: String!, $isGrouped: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $isGrouped) {
    bulkOperation { id status } userErrors { field message code } } }`

const STATE = `query ($id: ID!) { bulkOperation(id: $id) {
  status errorCode objectCount rootObjectCount fileSize createdAt completedAt url partialDataUrl } }`
