import { type Arrival } from '../contracts/arrival'
import { type EventOutcome } from '../contracts/states'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { type NewEvent, subjectOf } from './event-row'

/** An event that could not be mapped, as it is stored. */
export interface StoredEvent extends Omit<Arrival, 'body' | 'news'> {
  id: string
  /** Its body, sealed. */
  payload: Uint8Array
  receivedAt: Date
}

type Row = Omit<StoredEvent, 'payload'> & { payload: Uint8Array | null; outcome: EventOutcome }

const COLUMNS = `e."id", e."platform", e."store", e."deliveryId", e."topic", e."apiVersion", e."senderEventId", e."triggeredAt",
  e."isTest", e."payload", e."receivedAt", e."outcome"`

/**
 * An event of a shop that can be replayed, locked.
 *
 * @throws ParityError `EVENT_MISSING` when the shop has none of that id, `EVENT_MAPPED` when it was understood, `PAYLOAD_FORGOTTEN`
 */
export async function lockStoredEvent(tx: Sql, shopId: string, eventId: string): Promise<StoredEvent> {
  const [row] = await tx.query<Row & { [column: string]: unknown }>(
    `SELECT ${COLUMNS} FROM "WebhookEvent" e
     WHERE e."id" = $2 AND e."sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1)) FOR UPDATE`,
    [shopId, eventId],
  )
  if (!row) throw refusal('EVENT_MISSING', 'There is no such event.')
  const { outcome, payload, ...event } = row
  if (outcome !== 'unmapped')
    throw refusal('EVENT_MAPPED', 'This event was understood: only one that was not can be replayed.')
  if (payload === null)
    throw refusal(
      'PAYLOAD_FORGOTTEN',
      'The payload of this event has been deleted, as the retention period asks.',
    )
  return { ...event, payload }
}

/** Writes what a replay made of an event. */
export async function noteReplay(
  tx: Sql,
  event: NewEvent,
  became: { outcome: EventOutcome; detail: string | null },
  now: Date,
): Promise<void> {
  const { resource, externalId, recordId } = subjectOf(event)
  await tx.query(
    `UPDATE "WebhookEvent" SET "outcome" = $2, "detail" = $3, "replayedAt" = $4, "resource" = COALESCE($5, "resource"),
            "externalId" = COALESCE($6, "externalId"), "recordId" = COALESCE($7, "recordId")
     WHERE "id" = $1 AND "outcome" = 'unmapped'`,
    [event.incoming.id, became.outcome, became.detail, now, resource, externalId, recordId],
  )
}

/** A place among the events of a source: what is read next comes after it. */
interface Place {
  receivedAt: Date
  id: string
}

/** A stretch of a source's events: those of them that can be replayed, and where it ended; null when there are no more. */
export interface Stretch {
  meant: Place[]
  end: Place | null
}

/** How many events, understood or not, one statement looks through. */
const SEARCHED = 5_000

/** The next events of a source in the order in which they came, along its index. */
export async function nextStretch(
  sql: Sql,
  sourceConnectionId: string,
  from: { since: Date; until: Date; after: Place | null },
): Promise<Stretch> {
  const rows = await sql.query<Place & { isMeant: boolean }>(
    `SELECT "id", "receivedAt", "outcome" = 'unmapped' AND "payload" IS NOT NULL AS "isMeant" FROM "WebhookEvent"
     WHERE "sourceConnectionId" = $1 AND "receivedAt" BETWEEN $2 AND $3
       AND ($4::timestamptz IS NULL OR ("receivedAt", "id") > ($4, $5::uuid))
     ORDER BY "receivedAt", "id" LIMIT ${SEARCHED}`,
    [sourceConnectionId, from.since, from.until, from.after?.receivedAt ?? null, from.after?.id ?? null],
  )
  return { meant: rows.filter(({ isMeant }) => isMeant), end: rows.length === SEARCHED ? rows.at(-1)! : null }
}

function refusal(code: string, words: string): ParityError {
  return new ParityError(code, { message: words, userMessage: words })
}
