import { z } from 'zod'
import { DATA, DeletedData } from '~/contracts/shared-schema'
import { ErrorAnswer, SyncEvent } from './wire'
import { WOO_RECORDS } from './woocommerce'

/** A JSON object whose keys are not known here, as a schema is one. */
export type JsonObject = Record<string, unknown>

/** The schemas that have a name in the document; every use of them is a reference. */
const NAMED = {
  SyncEvent,
  Order: DATA.order,
  Product: DATA.product,
  Customer: DATA.customer,
  Category: DATA.category,
  Message: DATA.message,
  Deleted: DeletedData,
  WooOrder: WOO_RECORDS.order,
  WooProduct: WOO_RECORDS.product,
  WooCustomer: WOO_RECORDS.customer,
  WooCategory: WOO_RECORDS.category,
  Error: ErrorAnswer,
} as const satisfies Record<string, z.ZodType>

const registry = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id })

const addressOf = (id: string) => `#/components/schemas/${id}`

/** The named schemas, as OpenAPI's components. */
export function namedSchemas(): JsonObject {
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: addressOf })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutHeading(schema)]))
}

/** One schema, with references to the named ones. */
export function jsonSchema(schema: z.ZodType): JsonObject {
  const named = registry.get(schema)
  if (named) return { $ref: addressOf(named.id) }

  const { $defs: _, ...inline } = z.toJSONSchema(schema, { io: 'input', metadata: registry })
  const text = JSON.stringify(withoutHeading(inline)).replaceAll('"#/$defs/', `"${addressOf('')}`)
  return JSON.parse(text) as JsonObject
}

function withoutHeading(schema: object): JsonObject {
  const { $schema: _schema, $id: _id, ...rest } = schema as JsonObject
  return rest
}
