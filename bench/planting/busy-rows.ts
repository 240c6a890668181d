import { type PlantedTable } from './planted-rows'

/** How many events, and as many attempts, there are for each record. */
export const EVENTS_A_RECORD = 5
/** Of this many events one is of the busiest record, which is the first. */
const SHARE_OF_BUSIEST = 100

const EVENTS = `($2::bigint * ${EVENTS_A_RECORD})`
/**
 * Ids that ascend with the row, so that the primary key grows at its end, and are spread over all ids there can be. In the form of a UUID v4:
 * an address with another one is no page.
 */
const idOf = (kind: string, row: string, rows: string) =>
  `overlay(overlay(lpad(to_hex(${row} * 4294967296 / (${rows} + 1)), 8, '0') || substr(md5('${kind}' || ${row}), 9)
    placing '4' from 13) placing '8' from 17)::uuid`
const RECORD_ID = idOf('record', 'n', '$2::bigint')
/** The whole of the last season, at an even pace. */
const timeOf = (row: string, rows: string) =>
  `(now() - interval '90 days' + ${row} * (interval '90 days' / ${rows}))`
const AT = timeOf('n', '$2::bigint')
const EVENT_AT = timeOf('k', EVENTS)
const textOf = (time: string) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '000Z'`
const HASH = `encode(sha256(n::text::bytea), 'hex')`
const REVISION = '1785542400000 + n'
/** What no compression makes smaller, as nothing sealed is: a slice of random bytes. */
const SEALED = `substring(noise.bytes FROM (1 + n * 7919 % 30000)::int FOR 1350)`
const NOISE = `(SELECT decode(string_agg(md5(i::text), ''), 'hex') AS bytes FROM generate_series(1, 4096) i)`

/** A number from 0 to 999 that looks drawn, and is the same each time. */
const drawn = (of: string, salt: number) => `(abs(hashint8(${of} * 31 + ${salt})::bigint) % 1000)`

/** One of several, each with its share in a thousand; the last takes what is left. */
function oneOf(number: string, shares: [value: string, share: number][], rest: string): string {
  let below = 0
  const cases = shares.map(([value, share]) => `WHEN ${number} < ${(below += share)} THEN '${value}'`)
  return `CASE ${cases.join(' ')} ELSE '${rest}' END`
}

const resourceOf = (row: string) =>
  oneOf(drawn(row, 1), [['order', 600], ['customer', 250], ['product', 130]], 'category') // prettier-ignore
const STATE = oneOf(
  drawn('n', 2),
  [['dead', 20], ['excluded', 20], ['waiting', 10], ['retrying', 10], ['held', 5], ['deleted', 15]], // prettier-ignore
  'in_step',
)
/** Most of the dead died of two causes. */
const CAUSE = `${oneOf(
  drawn('n', 3),
  [['VALIDATION_ERROR', 600], ['REJECTED', 300], ['TOO_LARGE', 60]], // prettier-ignore
  'CONFLICT',
)} || chr(10) || 'The field ' || (ARRAY['price', 'email', 'currency'])[1 + n % 3] || ' is missing.'`
const EXCLUDED_BECAUSE = `(ARRAY['Orders of before the installation are not mirrored.', 'Dismissed: nobody wants it.'])[1 + n % 2]`

const RECORDS: PlantedTable = {
  table: 'SyncRecord',
  insert: `
    INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state", "reason", "known", "desiredUpdatedAt",
      "desiredTriggeredAt", "desiredAction", "desiredHash", "revision", "deliveredHash", "deliveredBodyHash", "deliveredRevision",
      "deliveredGeneration", "deliveredAt", "attempts", "dueAt", "waitingSince", "diedAt", "cause", "lastErrorCode", "lastError",
      "createdAt", "updatedAt")
    SELECT ${RECORD_ID}, $1::uuid, r.resource, (6000000000000 + n)::text, r.state,
      CASE r.state WHEN 'excluded' THEN ${EXCLUDED_BECAUSE} END, ${SEALED}, ${textOf(AT)},
      ${textOf(AT)}, 'created', ${HASH}, ${REVISION}, d.hash, d.hash, CASE WHEN d.hash IS NULL THEN NULL ELSE ${REVISION} END,
      CASE WHEN d.hash IS NULL THEN NULL ELSE 1 END, CASE WHEN d.hash IS NULL THEN NULL ELSE ${AT} END,
      CASE r.state WHEN 'retrying' THEN 2 ELSE 0 END, CASE WHEN r.state IN ('retrying', 'held') THEN now() + interval '1 day' END,
      CASE WHEN d.hash IS NULL THEN ${AT} END, CASE r.state WHEN 'dead' THEN ${AT} END, CASE r.state WHEN 'dead' THEN ${CAUSE} END,
      CASE r.state WHEN 'dead' THEN split_part(${CAUSE}, chr(10), 1) END, CASE r.state WHEN 'dead' THEN split_part(${CAUSE}, chr(10), 2) END,
      ${AT}, ${AT}
    FROM generate_series(1, $2::bigint) n, ${NOISE} noise,
      LATERAL (SELECT ${resourceOf('n')} AS resource, ${STATE} AS state OFFSET 0) r,
      LATERAL (SELECT CASE WHEN r.state IN ('in_step', 'deleted') THEN ${HASH} END AS hash) d`,
}

/** Each event, and each attempt, with the record that it is of. */
const EACH_EVENT = `generate_series(1, ${EVENTS}) k,
      LATERAL (SELECT CASE WHEN k % ${SHARE_OF_BUSIEST} = 0 THEN 1 ELSE 1 + (k - 1) % $2::bigint END AS n) r`

const EVENT_OUTCOME = oneOf(
  drawn('k', 4),
  [['changed', 600], ['unchanged', 250], ['hint', 100]], // prettier-ignore
  'outdated',
)

const EVENTS_OF_RECORDS: PlantedTable = {
  table: 'WebhookEvent',
  insert: `
    INSERT INTO "WebhookEvent" ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "apiVersion",
      "senderEventId", "triggeredAt", "resource", "externalId", "recordId", "outcome", "payloadSize", "receivedAt")
    SELECT ${idOf('event', 'k', EVENTS)}, $1::uuid, $1::uuid::text, md5('delivery' || k)::uuid::text, 'shopify', s."account",
      ${resourceOf('n')} || 's/update', '2026-10', md5('action' || k)::uuid::text, ${textOf(EVENT_AT)}, ${resourceOf('n')},
      (6000000000000 + n)::text, ${RECORD_ID}, ${EVENT_OUTCOME}, 3100, ${EVENT_AT}
    FROM (SELECT "account" FROM "SourceConnection" WHERE "id" = $1::uuid) s, ${EACH_EVENT}`,
}

const ATTEMPT_OUTCOME = oneOf(
  drawn('k', 5),
  [['delivered', 960], ['superseded', 10], ['unavailable', 20]], // prettier-ignore
  'rejected',
)

const ATTEMPTS: PlantedTable = {
  table: 'SyncAttempt',
  insert: `
    INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId",
      "changedAt", "startedAt", "endedAt", "outcome", "httpStatus", "action")
    SELECT ${idOf('attempt', 'k', EVENTS)}, $1::uuid, ${RECORD_ID}, ${resourceOf('n')}, ${REVISION}, 1, 1, md5('trace' || k),
      ${EVENT_AT}, ${EVENT_AT}, ${EVENT_AT} + interval '40 ms', ${ATTEMPT_OUTCOME}, 200, 'updated'
    FROM ${EACH_EVENT}`,
}

/** The words that records are found by: a number that each has alone, and a few that very many share. */
const TERMS: PlantedTable = {
  table: 'RecordTerm',
  insert: `
    INSERT INTO "RecordTerm" ("sourceConnectionId", "term", "recordId")
    SELECT $1::uuid, word, ${RECORD_ID}
    FROM generate_series(1, $2::bigint) n, LATERAL (SELECT ${resourceOf('n')} AS resource OFFSET 0) r,
      unnest(CASE r.resource WHEN 'order' THEN ARRAY[n::text]
        WHEN 'customer' THEN ARRAY['~' || md5('name' || n % 5000), '~' || md5('family' || n % 20000), '~' || md5('email' || n)]
        ELSE ARRAY['stoneware', (ARRAY['bowl', 'mug', 'plate'])[1 + n % 3], n::text] END) word`,
}

const STATISTICS: PlantedTable = {
  table: 'DeliveryStatistic',
  insert: `
    INSERT INTO "DeliveryStatistic" ("sourceConnectionId", "hour", "outcome", "attempts")
    SELECT $1::uuid, date_trunc('hour', now()) - n * interval '1 hour', outcome, $2::bigint * ${EVENTS_A_RECORD} / 2160
    FROM generate_series(0, 2160) n, unnest(ARRAY['delivered', 'superseded', 'unavailable', 'rejected']) outcome`,
}

/** A look every fifteen minutes, and a deep one each night. */
const RUNS: PlantedTable = {
  table: 'SyncRun',
  insert: `
    INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "done", "total", "detail", "startedAt", "endedAt")
    SELECT gen_random_uuid(), $1::uuid, CASE WHEN n % 96 = 0 THEN 'deep-reconciliation' ELSE 'reconciliation' END, 'finished',
      100, $2::bigint * 0 + 100, 'Nothing was missed.', now() - n * interval '15 minutes', now() - n * interval '15 minutes'
    FROM generate_series(1, 8640) n`,
}

/** A store that has long been synced, with all that happens to one: five events and five attempts a record, one record with very many of them. */
export const BUSY: PlantedTable[] = [RECORDS, EVENTS_OF_RECORDS, ATTEMPTS, TERMS, STATISTICS, RUNS]

/** How many records there are, which the triggers did not count while they were off. Comes after the records. */
export const BUSY_COUNTS: PlantedTable[] = [
  {
    table: 'RecordCount',
    insert: `
      INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference", "isSum")
      SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason", "cause"), count(*), true
      FROM "SyncRecord" WHERE "sourceConnectionId" = $1::uuid AND $2::bigint > 0 GROUP BY 1, 2, 3, 4`,
  },
]
