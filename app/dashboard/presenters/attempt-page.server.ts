import { type SyncAttempt } from '@prisma/client'
import { Action } from '~/contracts/resource'
import { AttemptOutcome } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
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
  /** The newest event before it that changed the record: what it carried. Null when no event did. */
  event: { id: string; topic: string; receivedAt: string } | null
}

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

  const [record, event] = await Promise.all([presentRecord(db, scope, row.recordId), eventBehind(db, row)])
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
    detail: row.detail,
    traceId: row.traceId,
    record,
    event,
  }
}

async function eventBehind(db: Database, attempt: SyncAttempt): Promise<AttemptPage['event']> {
  const event = await db.prisma.webhookEvent.findFirst({
    where: {
      recordId: attempt.recordId,
      sourceConnectionId: attempt.sourceConnectionId,
      outcome: { in: ['changed', 'hint'] },
      receivedAt: { lte: attempt.startedAt },
    },
    orderBy: { receivedAt: 'desc' },
    select: { id: true, topic: true, receivedAt: true },
  })
  return event && { ...event, receivedAt: event.receivedAt.toISOString() }
}
