import { v7 as uuidV7 } from 'uuid'
import { type Arrival } from '../contracts/arrival'
import { KEEP_BOUNDS } from '../contracts/keep-days'
import { isRecordNews } from '../contracts/news'
import { type EventOutcome } from '../contracts/states'
import { type Sql } from '../db.server'
import { joinBytes } from '../lib/join-bytes'
import { type Sealer } from '../lib/sealing'
import { DAY_MS } from '../lib/time'
import { type NewsOfRecord } from '../records/take-records'
import { type InstalledShop } from '../shops/ensure-shops'

/** A webhook on its way into the database. */
export interface Incoming {
  id: string
  arrival: Arrival
  /** Sealed before the batch, by each request for itself. */
  payload: Uint8Array
  receivedAt: Date
}

/** What a sealed payload is bound to. */
export function payloadPurpose(eventId: string): string {
  return `event:${eventId}`
}

/** Gives an arrival its id and seals its body. */
export function toIncoming(arrival: Arrival, sealer: Sealer, now: Date): Incoming {
  const id = uuidV7({ msecs: now.getTime() })
  return { id, arrival, payload: sealer.seal(arrival.body, payloadPurpose(id)), receivedAt: now }
}

/** An event as it is first written. */
export interface NewEvent {
  incoming: Incoming
  shop: InstalledShop | null
  outcome: EventOutcome
  detail: string | null
  /** Its news of records, in its order; none of a shop that is not installed. */
  about: NewsOfRecord[]
}

/**
 * Writes those of the events that are not there yet, and returns them. The rest are duplicates, and counted where they were there before: in
 * the same statement, so that rows are locked in the order of their keys.
 */
export async function insertEvents(tx: Sql, events: NewEvent[]): Promise<NewEvent[]> {
  const rows = onePerKey(events.map(toRow)).sort((a, b) => (dedupeKey(a) < dedupeKey(b) ? -1 : 1))
  const column = <Key extends keyof EventRow>(key: Key) => rows.map((row) => row[key])
  const payloads = joinBytes(rows.map(({ payload }) => payload))

  const written = await tx.query<{ id: string }>(
    `INSERT INTO "WebhookEvent" AS w ("id", "sourceConnectionId", "origin", "deliveryId", "platform", "store", "topic", "apiVersion",
       "senderEventId", "triggeredAt", "isTest", "resource", "externalId", "recordId", "outcome", "detail", "payloadSize",
       "payloadExpiresAt", "receivedAt", "duplicates", "lastDuplicateAt", "payload")
     SELECT e.id, e.source, e.origin, e.delivery, e.platform, e.store, e.topic, e.version, e.sender, e.triggered, e.test, e.resource,
       e.external, e.record, e.outcome, e.detail, e.size, e.expires, e.received, e.duplicates, e.last, substring($24::bytea FROM e.start FOR e.length)
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::boolean[], $12::text[], $13::text[], $14::uuid[], $15::text[], $16::text[], $17::int[],
       $18::timestamptz[], $19::timestamptz[], $20::int[], $21::timestamptz[], $22::int[], $23::int[])
       AS e(id, source, origin, delivery, platform, store, topic, version, sender, triggered, test, resource, external, record,
         outcome, detail, size, expires, received, duplicates, last, start, length)
     ON CONFLICT ("origin", "deliveryId") DO UPDATE SET "duplicates" = w."duplicates" + 1 + EXCLUDED."duplicates",
       "lastDuplicateAt" = GREATEST(w."lastDuplicateAt", EXCLUDED."receivedAt", EXCLUDED."lastDuplicateAt")
     RETURNING "id"`,
    [...EVENT_COLUMNS.map(column), payloads.starts, payloads.lengths, payloads.bytes],
  )
  const isWritten = new Set(written.map(({ id }) => id))
  return events.filter(({ incoming }) => isWritten.has(incoming.id))
}

/** Corrects the outcomes that turned out otherwise than foreseen. */
export async function updateOutcomes(
  tx: Sql,
  changed: ReadonlyMap<NewEvent, Pick<NewEvent, 'outcome' | 'detail'>>,
): Promise<void> {
  if (changed.size === 0) return
  const outcomes = [...changed.values()]
  await tx.query(
    `UPDATE "WebhookEvent" e SET "outcome" = o.outcome, "detail" = o.detail
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS o(id, outcome, detail) WHERE e."id" = o.id`,
    [
      [...changed.keys()].map(({ incoming }) => incoming.id),
      outcomes.map(({ outcome }) => outcome),
      outcomes.map(({ detail }) => detail),
    ],
  )
}

const EVENT_COLUMNS = [
  'id',
  'sourceConnectionId',
  'origin',
  'deliveryId',
  'platform',
  'store',
  'topic',
  'apiVersion',
  'senderEventId',
  'triggeredAt',
  'isTest',
  'resource',
  'externalId',
  'recordId',
  'outcome',
  'detail',
  'payloadSize',
  'payloadExpiresAt',
  'receivedAt',
  'duplicates',
  'lastDuplicateAt',
] as const
type EventRow = ReturnType<typeof toRow>

function toRow(event: NewEvent) {
  const { incoming, shop, outcome, detail } = event
  const { id, arrival, payload, receivedAt } = incoming
  const payloadDays = shop?.payloadDays ?? KEEP_BOUNDS.payloadDays.usual
  return {
    id,
    sourceConnectionId: shop?.context.sourceConnectionId ?? null,
    origin: shop?.context.sourceConnectionId ?? arrival.store,
    deliveryId: arrival.deliveryId,
    platform: arrival.platform,
    store: arrival.store,
    topic: arrival.topic,
    apiVersion: arrival.apiVersion,
    senderEventId: arrival.senderEventId,
    triggeredAt: arrival.triggeredAt,
    isTest: arrival.isTest,
    ...subjectOf(event),
    outcome,
    detail,
    payload,
    payloadSize: arrival.body.byteLength,
    payloadExpiresAt: new Date(receivedAt.getTime() + payloadDays * DAY_MS),
    receivedAt,
    duplicates: 0,
    lastDuplicateAt: null as Date | null,
  }
}

/** Of events that came several times in one batch, the first, which counts the others. */
function onePerKey(rows: EventRow[]): EventRow[] {
  const firsts = new Map<string, EventRow>()
  for (const row of rows) {
    const first = firsts.get(dedupeKey(row))
    if (!first) firsts.set(dedupeKey(row), row)
    else {
      first.duplicates += 1
      first.lastDuplicateAt = row.receivedAt
    }
  }
  return [...firsts.values()]
}

/** The record that an event is about: that of its first news that is about one. Null where nothing says which. */
export function subjectOf({ incoming, about }: Pick<NewEvent, 'incoming' | 'about'>) {
  const subject = incoming.arrival.news.find(isRecordNews)
  return {
    resource: subject?.resource ?? null,
    externalId: subject?.externalId ?? null,
    recordId: about.find(({ news }) => news === subject)?.recordId ?? null,
  }
}

function dedupeKey({ origin, deliveryId }: { origin: string; deliveryId: string }): string {
  return `${origin}\n${deliveryId}`
}
