import { type z } from 'zod'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { type ErrorCode, Refusal } from './answer'
import { describeFaults } from './faults'
import { type Tenant } from './tenant'

/** What an endpoint works with, whoever calls. */
export interface Tools {
  db: Database
  clock: Clock
}

/** A request of a known tenant. */
export interface Call {
  request: Request
  query: URLSearchParams
  /** What stood in the path where the endpoint's path has `{name}`, decoded. */
  params: Record<string, string>
  tenant: Tenant
}

interface Described {
  method: 'GET' | 'POST' | 'DELETE'
  /** The path, with `{name}` for a segment that varies. */
  path: string
  summary: string
  query?: z.ZodObject
  headers?: z.ZodObject
  body?: z.ZodType
  /** What a 200 carries. */
  answer: z.ZodType
  /** What it can refuse, besides what every endpoint can. */
  refusals: ErrorCode[]
}

/** One address of the receiver: what it does, and the zod schemas that check and document it. */
export type Endpoint =
  | (Described & { access: 'tenant'; handle(call: Call, tools: Tools): Promise<Response> })
  | (Described & { access: 'public'; handle(): Response })

/**
 * Checks what a caller gave against its schema.
 *
 * @throws Refusal `VALIDATION_ERROR` naming every fault
 */
export function check<Schema extends z.ZodType>(schema: Schema, given: unknown): z.infer<Schema> {
  const checked = schema.safeParse(given)
  if (!checked.success) throw new Refusal('VALIDATION_ERROR', describeFaults(checked.error, given))
  return checked.data
}
