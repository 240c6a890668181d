import { setTimeout as pause } from 'node:timers/promises'
import {
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'
import { z } from 'zod'
import { type FaultQueue } from '../fault-queue'
import { actualCost, MOST_PER_QUERY, requestedCost, type CostBucket } from './cost'
import { type Fields, type GraphqlContext } from './fields'
import { adminSchema } from './schema'
import { collectionTypes } from './types/collection-fields'
import { customerTypes } from './types/customer-fields'
import { orderTypes } from './types/order-fields'
import { orderPartTypes } from './types/order-part-fields'
import { productTypes } from './types/product-fields'
import { queryTypes } from './types/query-fields'
import { shopTypes } from './types/shop-fields'

/** How the Admin API misbehaves, on command. */
export const GraphqlFault = z.intersection(
  z.discriminatedUnion('kind', [
    /** 200 with the error that an empty budget gives. */
    z.object({ kind: z.literal('throttled') }),
    z.object({ kind: z.literal('fail'), status: z.number().int().min(400).max(599).default(500) }),
    z.object({ kind: z.literal('slow'), ms: z.number().min(0).max(600_000) }),
    /** These fields come back null, each with an error and all with 200, as protected customer data does. */
    z.object({ kind: z.literal('denied'), fields: z.array(z.string()).min(1) }),
  ]),
  z.object({ times: z.number().int().positive().optional() }),
)
export type GraphqlFault = z.infer<typeof GraphqlFault>
export type GraphqlFaultInput = z.input<typeof GraphqlFault>

export interface GraphqlEndpoint {
  context: GraphqlContext
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

const TYPES: Record<string, Fields> = {
  ...queryTypes,
  ...shopTypes,
  ...productTypes,
  ...collectionTypes,
  ...customerTypes,
  ...orderTypes,
  ...orderPartTypes,
}

/** Answers a query on the real schema: parsed, validated, charged and run over the store. */
export async function answerGraphql(endpoint: GraphqlEndpoint, body: unknown): Promise<GraphqlReply> {
  const fault = endpoint.faults.take()
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
  const denied = fault?.kind === 'denied' ? new Set(fault.fields) : new Set<string>()
  const result = await execute({
    schema,
    document,
    variableValues: variables,
    operationName: request.data.operationName,
    contextValue: endpoint.context,
    fieldResolver: resolverFor(denied),
    typeResolver: (source: { __typename?: string }) => source.__typename,
  })
  const actual = actualCost(result.data, requested)
  endpoint.bucket.giveBack(requested - actual)
  return { status: 200, body: { ...result, extensions: costOf(endpoint, requested, actual) } }
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

function resolverFor(denied: Set<string>): GraphQLFieldResolver<unknown, GraphqlContext> {
  return (source, args: Record<string, unknown>, context, { parentType, fieldName }) => {
    const name = `${parentType.name}.${fieldName}`
    if (denied.has(name)) {
      throw new GraphQLError(`This app is not approved to access the ${fieldName} field.`, {
        extensions: { code: 'ACCESS_DENIED' },
      })
    }
    const field = TYPES[parentType.name]?.[fieldName]
    if (field) return field(source as never, args, context)
    if (isPlain(source) && fieldName in source) return source[fieldName]
    throw new GraphQLError(`${name} is not played by the stand-in`)
  }
}

function isPlain(source: unknown): source is Record<string, unknown> {
  return typeof source === 'object' && source !== null
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
