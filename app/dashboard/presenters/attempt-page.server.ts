import { type SyncAttempt } from '@prisma/client'
import { z } from 'zod'
import { Action } from '~/contracts/resource'
import { AttemptOutcome } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { hideAddresses } from '../hide-addresses'
import { Instant } from './instant'
import { presentRecord, type RecordView } from './record-view.server'
import { type ShopScope } from './scope.server'

/** What the page of one attempt shows. */
export interface AttemptPage {
  /** When this was read, ISO 8601. */
  now: string
  id: string
  startedAt: string
  endedAt: string | null
  /** Decimal digits: it passes 2^53 in principle. */
  revision: string
  number: number
  action: Action
  outcome: AttemptOutcome
  httpStatus: number | null
  code: string | null
  detail: string | null
  traceId: string
  record: RecordView | null
  /** What it carried: the news of the record since the SaaS took it last, newest first. Empty when no event brought it. */
  events: CarriedEvent[]
}

const CarriedEventShape = z.object({
  id: z.string(),
  topic: z.string(),
  /** ISO 8601. */
  receivedAt: Instant,
})
export type CarriedEvent = z.infer<typeof CarriedEventShape>

const CandidateShape = CarriedEventShape.extend({ isNew: z.boolean() })

const EVENTS_SHOWN = 5

/** Reads one attempt of a shop; null when the shop has none of that id. */
export async function presentAttempt(
  db: Database,
  scope: ShopScope,
  id: string,
  clock: Clock,
): Promise<AttemptPage | null> {
  const row = await db.prisma.syncAttempt.findFirst({
    where: { id, sourceConnectionId: { in: scope.sourceIds } },
  })
  if (!row) return null

  const [record, events] = await Promise.all([presentRecord(db, scope, row.recordId), eventsBehind(db, row)])
  return {
    now: clock().toISOString(),
    id: row.id,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    revision: row.revision.toString(),
    number: row.number,
    action: Action.parse(row.action),
    outcome: AttemptOutcome.parse(row.outcome),
    httpStatus: row.httpStatus,
    code: row.code,
    detail: row.detail === null ? null : hideAddresses(row.detail),
    traceId: row.traceId,
    record,
    events,
  }
}

/**
 * The news that arrived between the attempt and the one before it that the SaaS took. News that arrived just before that
 * one and was folded in just after it has no place there: then the newest before the attempt is the best answer.
 */
async function eventsBehind(db: Database, attempt: SyncAttempt): Promise<CarriedEvent[]> {
  const rows = await db.query(
    `SELECT e."id", e."topic", e."receivedAt", e."receivedAt" > coalesce((
       SELECT max(taken."startedAt") FROM "SyncAttempt" taken
       WHERE taken."recordId" = t."recordId" AND taken."startedAt" < t."startedAt"
         AND taken."outcome" IN ('delivered', 'superseded')), '-infinity') AS "isNew"
     FROM "WebhookEvent" e JOIN "SyncAttempt" t ON t."id" = $1::uuid
     WHERE e."recordId" = t."recordId" AND e."sourceConnectionId" = t."sourceConnectionId"
       AND e."outcome" IN ('changed', 'hint') AND e."receivedAt" <= t."startedAt"
     ORDER BY e."receivedAt" DESC LIMIT $2`,
    [attempt.id, EVENTS_SHOWN],
  )
  const events = rows.map((row) => CandidateShape.parse(row))
  const carried = events.filter(({ isNew }) => isNew)
  return (carried.length > 0 ? carried : events.slice(0, 1)).map(({ isNew: _, ...event }) => event)
}
