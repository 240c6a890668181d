/** A table that is planted, and the statement that does: $1 is the source connection, $2 how many rows. */
export interface PlantedTable {
  table: string
  insert: string
}

/** How many bytes a sealed state has: those of the bench's own orders. */
const KNOWN_BYTES = 1_350

/** Ids that ascend with the row, so that the primary key grows at its end, and are spread over all ids there can be. */
const idOf = (kind: string) =>
  `(lpad(to_hex(n * 4294967296 / ($2::bigint + 1)), 8, '0') || substr(md5('${kind}' || n), 9))::uuid`
const RECORD_ID = idOf('record')
/** What no compression makes smaller, as nothing sealed is: a slice of random bytes. */
const SEALED = `substring(noise.bytes FROM (1 + n * 7919 % 30000)::int FOR ${KNOWN_BYTES})`
const NOISE = `(SELECT decode(string_agg(md5(i::text), ''), 'hex') AS bytes FROM generate_series(1, 4096) i)`
/** The rows are as old as a season, at an even pace. */
const PASSED = `(n * (interval '90 days' / $2::bigint))`
const AT = `timestamptz '2026-08-01' + ${PASSED}`
const TEXT_AT = `to_char(timestamp '2026-08-01' + ${PASSED}, 'YYYY-MM-DD"T"HH24:MI:SS.US') || '000Z'`
const HASH = `encode(sha256(n::text::bytea), 'hex')`
const REVISION = '1785542400000 + n'

/** Records that are in step, with an event and an attempt each, and their count. */
export const PLANTED: PlantedTable[] = [
  {
    table: 'SyncRecord',
    insert: `
      INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "known", "desiredUpdatedAt",
        "desiredTriggeredAt", "desiredAction", "desiredHash", "revision", "deliveredHash", "deliveredBodyHash",
        "deliveredRevision", "deliveredGeneration", "deliveredAt", "createdAt", "updatedAt")
      SELECT ${RECORD_ID}, $1::uuid, 'order', (6000000000000 + n)::text, 'in_step', ${SEALED}, ${TEXT_AT},
        ${TEXT_AT}, 'created', ${HASH}, ${REVISION}, ${HASH}, ${HASH},
        ${REVISION}, 1, ${AT}, ${AT}, ${AT}
      FROM generate_series(1, $2::bigint) n, ${NOISE} noise`,
  },
  {
    table: 'WebhookEvent',
    insert: `
      INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "apiVersion",
        "senderEventId", "triggeredAt", "resource", "externalId", "recordId", "outcome", "payloadSize", "receivedAt")
      SELECT ${idOf('event')}, $1::uuid, $1::uuid::text, md5('delivery' || n)::uuid::text, 'shopify', s."account",
        'orders/create', '2026-10', md5('action' || n)::uuid::text, ${TEXT_AT}, 'order', (6000000000000 + n)::text,
        ${RECORD_ID}, 'changed', 3100, ${AT}
      FROM generate_series(1, $2::bigint) n, (SELECT "account" FROM "SourceConnection" WHERE "id" = $1::uuid) s`,
  },
  {
    table: 'SyncAttempt',
    insert: `
      INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId",
        "changedAt", "startedAt", "endedAt", "outcome", "httpStatus", "action")
      SELECT ${idOf('attempt')}, $1::uuid, ${RECORD_ID}, 'order', ${REVISION}, 1, 1, md5('trace' || n),
        ${AT}, ${AT}, ${AT}, 'delivered', 200, 'created'
      FROM generate_series(1, $2::bigint) n`,
  },
  {
    // The triggers that count are off while rows are planted.
    table: 'RecordCount',
    insert: `
      INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "difference", "isSum")
      VALUES ($1::uuid, 'order', 'in_step', $2::bigint, true)`,
  },
]

/** The records alone, with their count. */
export const PLANTED_RECORDS = PLANTED.filter(
  ({ table }) => table === 'SyncRecord' || table === 'RecordCount',
)
