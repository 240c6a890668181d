import { z } from 'zod'
import { DesiredBy } from '~/contracts/desired-by'
import { AttemptOutcome, EventOutcome } from '~/contracts/states'
import { type Sql } from '~/db.server'
import { groupTimeline, type TimelineEntry, type TimelineGroup, type TimelineMove } from '../group-timeline'
import { cursorOf, type RecordPosition } from '../record-cursor'
import { Instant } from './instant'

/** How many events and calls a page of the timeline has. */
const PAGE_SIZE = 50

/** What the store told of a record and what was sent of it, newest first. */
export interface Timeline {
  groups: TimelineGroup[]
  /** Where what is older begins, for an address; null where there is nothing older. */
  older: string | null
  /** Whether this is the beginning. */
  isNewest: boolean
}

/** Whose timeline it is, and what moved it last, when no webhook did. */
export interface TimelineSubject {
  id: string
  sourceConnectionId: string
  desiredAt: Date | null
  desiredBy: string | null
}

const Place = { position: z.string() }
const EventShape = z.object({
  kind: z.literal('event').default('event'),
  id: z.uuid(),
  at: Instant,
  topic: z.string(),
  outcome: EventOutcome,
  detail: z.string().nullable(),
  replayedAt: Instant.nullable(),
  duplicates: z.number(),
  lastDuplicateAt: Instant.nullable(),
  ...Place,
})
const AttemptShape = z.object({
  kind: z.literal('attempt').default('attempt'),
  id: z.uuid(),
  at: Instant,
  endedAt: Instant.nullable(),
  number: z.number(),
  outcome: AttemptOutcome,
  httpStatus: z.number().nullable(),
  detail: z.string().nullable(),
  ...Place,
})
type Placed = z.infer<typeof EventShape> | z.infer<typeof AttemptShape>

/** Reads a page of the timeline of a record that the caller has found to be of the shop, from that position on. */
export async function presentTimeline(
  sql: Sql,
  subject: TimelineSubject,
  before: RecordPosition | null,
): Promise<Timeline> {
  const [events, attempts] = await Promise.all([
    readEvents(sql, subject, before),
    readAttempts(sql, subject, before),
  ])
  const all = [...events, ...attempts].sort(newestFirst)
  const kept = all.slice(0, PAGE_SIZE)
  const hasMore = all.length > PAGE_SIZE
  const last = kept.at(-1)
  const span = { newest: before?.at ?? null, oldest: hasMore ? (last?.position ?? null) : null }
  return {
    groups: groupTimeline(withMove(kept, moveOf(subject), span)),
    older: hasMore && last ? cursorOf({ at: last.position, id: last.id }) : null,
    isNewest: before === null,
  }
}

async function readEvents(sql: Sql, subject: TimelineSubject, before: RecordPosition | null) {
  const rows = await sql.query(
    `SELECT e."id", e."receivedAt" AS "at", ${positionOf('e."receivedAt"')}, e."topic", e."outcome", e."detail", e."replayedAt",
            e."duplicates", e."lastDuplicateAt" FROM "WebhookEvent" e
     WHERE e."recordId" = $1 AND e."sourceConnectionId" = $2 ${before ? `AND ${beyond('e."receivedAt"', 'e."id"')}` : ''}
     ORDER BY e."receivedAt" DESC, e."id" DESC LIMIT ${PAGE_SIZE + 1}`,
    valuesOf(subject, before),
  )
  return rows.map((row) => EventShape.parse(row))
}

async function readAttempts(sql: Sql, subject: TimelineSubject, before: RecordPosition | null) {
  const rows = await sql.query(
    `SELECT t."id", t."startedAt" AS "at", ${positionOf('t."startedAt"')}, t."endedAt", t."number", t."outcome", t."httpStatus", t."detail"
     FROM "SyncAttempt" t
     WHERE t."recordId" = $1 AND t."sourceConnectionId" = $2 ${before ? `AND ${beyond('t."startedAt"', 't."id"')}` : ''}
     ORDER BY t."startedAt" DESC, t."id" DESC LIMIT ${PAGE_SIZE + 1}`,
    valuesOf(subject, before),
  )
  return rows.map((row) => AttemptShape.parse(row))
}

/** To the microsecond, which a Date would lose. */
function positionOf(time: string): string {
  return `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "position"`
}

function beyond(time: string, id: string): string {
  return `(${time}, ${id}) < ($3::timestamptz, $4::uuid)`
}

function valuesOf({ id, sourceConnectionId }: TimelineSubject, before: RecordPosition | null): string[] {
  return [id, sourceConnectionId, ...(before ? [before.at, before.id] : [])]
}

function newestFirst(a: Placed, b: Placed): number {
  return b.position === a.position ? (b.id < a.id ? -1 : 1) : b.position < a.position ? -1 : 1
}

/** What moved the record last, where it was not a webhook: those stand there already. */
function moveOf({ desiredAt, desiredBy }: TimelineSubject): TimelineMove | null {
  const { data: by } = DesiredBy.safeParse(desiredBy)
  if (!desiredAt || !by || by === 'webhook' || by === 'replay') return null
  return { kind: 'move', at: desiredAt.toISOString(), by }
}

/** Puts it where it belongs, if that is on this page. */
function withMove(
  entries: Placed[],
  move: TimelineMove | null,
  { newest, oldest }: { newest: string | null; oldest: string | null },
): TimelineEntry[] {
  if (!move) return entries
  const isHere = (newest === null || move.at < newest) && (oldest === null || move.at >= oldest)
  if (!isHere) return entries
  const place = entries.findIndex(({ at }) => at < move.at)
  if (place < 0) return [...entries, move]
  return [...entries.slice(0, place), move, ...entries.slice(place)]
}
