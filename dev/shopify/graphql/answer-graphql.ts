import { setTimeout as pause } from 'node:timers/promises'
import {
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql'
import { z } from 'zod'
import { type BulkOperations } from '../bulk/bulk-operations'
import { type FaultQueue } from '../fault-queue'
import { type ShopState } from '../store/shop-state'
import { contextOf } from './context'
import { actualCost, MOST_PER_QUERY, requestedCost, type CostBucket } from './cost'
import { resolveField } from './resolve'
import { adminSchema } from './schema'

/** How the Admin API misbehaves, on command. */
export const GraphqlFault = z.intersection(
  z.discriminatedUnion('kind', [
    /** 200 with the error that an empty budget gives. */
    z.object({ kind: z.literal('throttled') }),
    z.object({ kind: z.literal('fail'), status: z.number().int().min(400).max(599).default(500) }),
    z.object({ kind: z.literal('slow'), ms: z.number().min(0).max(600_000) }),
    /** These fields come back null, each with an error and all with 200, as protected customer data does; beside any other fault. */
    z.object({ kind: z.literal('denied'), fields: z.array(z.string()).min(1) }),
  ]),
  z.object({ times: z.number().int().positive().optional() }),
)
export type GraphqlFault = z.infer<typeof GraphqlFault>
export type GraphqlFaultInput = z.input<typeof GraphqlFault>

export interface GraphqlEndpoint {
  shop: ShopState
  scopes: readonly string[]
  bulk: BulkOperations
  bucket: CostBucket
  faults: FaultQueue<GraphqlFault>
}

export interface GraphqlReply {
  status: number
  body: unknown
}

const Request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

/** Answers a query on the real schema: parsed, validated, charged and run over the store. */
export async function answerGraphql(endpoint: GraphqlEndpoint, body: unknown): Promise<GraphqlReply> {
  const fault = endpoint.faults.take(({ kind }) => kind !== 'denied')
  if (fault?.kind === 'fail')
    return { status: fault.status, body: { errors: 'The stand-in was told to fail' } }
  if (fault?.kind === 'slow') await pause(fault.ms)
  const request = Request.safeParse(body)
  if (!request.success)
    return { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } }

  const schema = await adminSchema()
  const document = read(schema, request.data.query)
  if (!('kind' in document)) return { status: 200, body: { errors: document } }

  const variables = request.data.variables ?? {}
  const requested = requestedCost(schema, document, variables)
  if (requested > MOST_PER_QUERY) return { status: 200, body: { errors: [tooExpensive(requested)] } }
  if (fault?.kind === 'throttled' || !endpoint.bucket.take(requested)) {
    return { status: 200, body: { errors: [throttled()], extensions: costOf(endpoint, requested, null) } }
  }
  const result = await run(endpoint, schema, document, variables, request.data.operationName)
  const actual = isMutation(document) ? requested : actualCost(result.data, requested)
  endpoint.bucket.giveBack(requested - actual)
  return { status: 200, body: { ...result, extensions: costOf(endpoint, requested, actual) } }
}

function run(
  { shop, scopes, bulk, faults }: GraphqlEndpoint,
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Record<string, unknown>,
  operationName: string | null | undefined,
) {
  const denied = new Set(deniedBy(faults.takeAll(({ kind }) => kind === 'denied')))
  return execute({
    schema,
    document,
    variableValues,
    operationName,
    contextValue: contextOf(shop, { scopes: new Set(scopes), denied }, bulk),
    fieldResolver: resolveField,
    typeResolver: (source: { __typename?: string }) => source.__typename,
  })
}

/** The fields that faults withhold, as `Type.field`. */
function deniedBy(faults: readonly GraphqlFault[]): string[] {
  return faults.flatMap((fault) => (fault.kind === 'denied' ? fault.fields : []))
}

function isMutation(document: DocumentNode): boolean {
  return getOperationAST(document)?.operation === OperationTypeNode.MUTATION
}

/** The document, or the errors that Shopify would refuse it with. */
function read(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query)
    const errors = validate(schema, document)
    return errors.length > 0 ? errors : document
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

function costOf({ bucket }: GraphqlEndpoint, requested: number, actual: number | null) {
  return {
    cost: {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: bucket.status(),
    },
  }
}

function throttled() {
  return { message: 'Throttled', extensions: { code: 'THROTTLED' } }
}

function tooExpensive(cost: number) {
  return {
    message: `Query cost is ${cost}, which exceeds the single query max cost limit (${MOST_PER_QUERY}).`,
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: MOST_PER_QUERY },
  }
}
