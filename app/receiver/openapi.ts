import { z } from 'zod'
import { ERROR_STATUS, type ErrorCode } from './answer'
import { type Endpoint } from './endpoint'
import { type JsonObject, jsonSchema, namedSchemas } from './json-schema'
import { MAX_BODY_BYTES } from './read-json'
import { ErrorAnswer } from './wire'

/** What every endpoint with a tenant can answer, besides its own refusals. */
const ALWAYS: ErrorCode[] = ['UNAUTHORIZED', 'RATE_LIMITED', 'SYNC_ERROR']

/** The OpenAPI 3.1 document of some endpoints, made from the zod schemas that check their requests. */
export function openApiDocument(endpoints: Endpoint[]): object {
  const paths: Record<string, JsonObject> = {}
  for (const endpoint of endpoints)
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) }

  return {
    openapi: '3.1.0',
    info: {
      title: "Parity's built-in receiver",
      version: '1',
      description: `Keeps a mirror of a store. A body may have up to ${MAX_BODY_BYTES} bytes; unknown keys are kept.`,
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function operation(endpoint: Endpoint): JsonObject {
  const { summary, body, answer, access, refusals } = endpoint
  const codes = access === 'tenant' ? [...refusals, ...ALWAYS] : refusals
  return {
    operationId: operationId(endpoint),
    summary,
    security: access === 'tenant' ? [{ apiKey: [] }] : [],
    parameters: parameters(endpoint),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      200: { description: 'Done.', content: json(answer) },
      ...Object.fromEntries(codes.map((code) => [ERROR_STATUS[code], refusal(code)])),
    },
  }
}

/** Such as `post_api_sync_webhook`. */
function operationId({ method, path }: Endpoint): string {
  return [method.toLowerCase(), ...path.match(/\w+/g)!].join('_')
}

function parameters({ path, query, headers }: Endpoint): JsonObject[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return [...inPath, ...fields('query', query), ...fields('header', headers)]
}

function fields(place: 'query' | 'header', schema?: z.ZodObject): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: !z.safeParse(field, undefined).success,
    schema: jsonSchema(field as z.ZodType),
  }))
}

function refusal(code: ErrorCode): JsonObject {
  return {
    description: code,
    content: json(ErrorAnswer),
    ...(code === 'RATE_LIMITED' && {
      headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
    }),
  }
}

function json(schema: z.ZodType): JsonObject {
  return { 'application/json': { schema: jsonSchema(schema) } }
}
