import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { Envelope, SCHEMA_VERSION } from '~/contracts/shared-schema'
import { ERROR_STATUS, type ErrorCode } from './answer'
import { WOO_RECORDS } from './woocommerce'

/** How many events a batch may hold. */
export const BATCH_LIMIT = 500
/** How many records one call of a full sync may hold. */
export const FULL_SYNC_LIMIT = 5_000
/** How many rows of the digest one answer may hold. */
export const ROWS_LIMIT = 10_000

const wooEvent = <R extends keyof typeof WOO_RECORDS>(resource: R) =>
  z.object({
    resource: z.literal(resource),
    action: z.enum(['created', 'updated']),
    data: WOO_RECORDS[resource],
  })

const WooEvent = z
  .union([wooEvent('order'), wooEvent('product'), wooEvent('customer'), wooEvent('category')])
  .describe("An event in WooCommerce's names.")

/** One event, in either vocabulary. */
export const SyncEvent = z.union([Envelope, WooEvent])

const Count = z.int().nonnegative()
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const answering = <Data extends z.ZodType>(data: Data) => z.object({ success: z.literal(true), data })

/** What became of a call that carried one event or many. */
export const SyncAnswer = answering(
  z.object({
    syncedCount: Count,
    skippedCount: Count.describe('Records that failed the checks of their vocabulary.'),
    staleCount: Count.optional().describe(
      'Records that are held at a higher revision. Absent when there are none.',
    ),
    syncLogId: z.uuid(),
    message: z.string().optional().describe('Why records were skipped. Absent when none was.'),
  }),
)
export type SyncAnswer = z.infer<typeof SyncAnswer>

/** Several events in one call. */
export const BatchRequest = z.object({ events: z.array(SyncEvent).max(BATCH_LIMIT) })

/** What became of one event of a batch. */
export const BatchResult = z.object({
  status: z.enum(['synced', 'skipped', 'stale', 'error']),
  code: z.string().optional(),
  message: z.string().optional(),
  id: z.uuid().optional().describe("The receiver's own id of the record, when it was synced."),
})
export type BatchResult = z.infer<typeof BatchResult>
/** The answer to a batch. */
export const BatchAnswer = answering(
  z.object({ results: z.array(BatchResult).describe('One for each event, in order.') }),
)

/** What the receiver is, and what it holds. */
export const StatusAnswer = answering(
  z.object({
    schema_version: z.literal(SCHEMA_VERSION),
    batch_limit: z.int().describe('How many events POST /api/sync/batch takes at once.'),
    resources: z.record(
      Resource,
      z.object({
        count: Count.describe('Records that are not deleted.'),
        last_synced_at: z.iso.datetime().nullable(),
      }),
    ),
  }),
)

/** What a digest is asked of. */
export const DigestQuery = z.object({
  source: z.string().min(1),
  store: z.string().min(1),
  resource: Resource,
  prefix: z
    .string()
    .regex(/^[0-9a-f]{0,63}$/, 'must be at most 63 lower-case hex digits')
    .default('')
    .describe('Of the SHA-256 (hex) of the external id.'),
})
export type DigestQuery = z.infer<typeof DigestQuery>

const Summary = z.object({
  count: Count.describe('Records under the prefix, tombstones included.'),
  hash: Sha256.describe(
    'The XOR, over the records, of SHA-256("<external_id>\\n<revision>\\n<body_hash>"); all zeros when there are none.',
  ),
})
/** A summary of all records under a prefix, and of its sixteen parts. */
export const Digest = Summary.extend({
  children: z.array(Summary.extend({ prefix: z.string() })).length(16),
})
export type Digest = z.infer<typeof Digest>
/** The answer to a question for a digest. */
export const DigestAnswer = answering(Digest)

/** One record of a digest: equal hashes mean equal records. */
export const DigestRow = z.object({
  external_id: z.string(),
  revision: z.int(),
  body_hash: Sha256.describe("SHA-256 of the event's JSON text exactly as it stood in the request."),
})
export type DigestRow = z.infer<typeof DigestRow>
/** The answer that names the records under a prefix, each by itself. */
export const DigestRowsAnswer = answering(z.object({ rows: z.array(DigestRow) }))

/** How much of the log is asked for. */
export const LogsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) })
/** The log of calls, newest first. */
export const LogsAnswer = answering(
  z.object({
    logs: z.array(
      z.object({
        id: z.uuid(),
        sync_type: z
          .string()
          .describe('webhook:orders and so on for events, orders and so on for a full sync.'),
        status: z.enum(['running', 'completed', 'failed']),
        synced_count: Count,
        skipped_count: Count,
        stale_count: Count,
        error: z.string().nullable(),
        started_at: z.iso.datetime(),
        ended_at: z.iso.datetime().nullable(),
      }),
    ),
  }),
)
export type LogsAnswer = z.infer<typeof LogsAnswer>

const Text = z.string().nullable().optional()
const CustomerAddress = z.looseObject({
  first_name: Text,
  last_name: Text,
  company: Text,
  address1: Text,
  address2: Text,
  city: Text,
  province: Text,
  country: Text,
  zip: Text,
  phone: Text,
  is_default: z.boolean().optional(),
})
/** A customer in the flat vocabulary of the customer endpoints. */
export const CustomerRequest = z.looseObject({
  shopify_customer_id: z.string().min(1),
  email: Text.describe('Stored as its hash only.'),
  first_name: Text,
  last_name: Text,
  phone: Text,
  accepts_marketing: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  note: Text,
  verified_email: z.boolean().nullable().optional(),
  addresses: z.array(CustomerAddress).optional(),
})
/** What a customer endpoint asks of the headers. */
export const CustomerHeaders = z.object({
  'X-Shopify-Shop': z.string().min(1).describe('The shop domain that the customer belongs to.'),
})
/** The answer of a customer endpoint. */
export const CustomerAnswer = z.object({
  success: z.literal(true),
  customer_id: z.uuid().describe("The receiver's own id of the customer."),
  message: z.string(),
})

/** Any answer that is an error. */
export const ErrorAnswer = z.object({
  success: z.literal(false),
  error: z.object({ code: z.enum(Object.keys(ERROR_STATUS) as ErrorCode[]), message: z.string() }),
})
