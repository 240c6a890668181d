import { type WebhookEvent } from '@prisma/client'
import { Platform, Resource } from '~/contracts/resource'
import { EventOutcome } from '~/contracts/states'
import { type Database } from '~/db.server'
import { payloadPurpose } from '~/intake/event-row'
import { type Sealer } from '~/lib/sealing'
import { type Clock } from '~/lib/time'
import { showPayload, type ShownPayload } from '../show-payload'
import { ATTEMPT_COLUMNS, AttemptRowShape, type AttemptRow } from './attempt-rows.server'
import { presentRecord, type RecordView } from './record-view.server'
import { type ShopScope } from './scope.server'

const ATTEMPTS_SHOWN = 10

/** The payload of an event, with personal values hidden; or why it cannot be shown. */
export type PayloadView = ShownPayload | { kind: 'expired' } | { kind: 'unreadable' }

/** What the page of one event shows. */
export interface EventPage {
  /** When this was read, ISO 8601. */
  now: string
  id: string
  topic: string
  isTest: boolean
  platform: Platform
  store: string
  /** ISO 8601. */
  receivedAt: string
  /** UTC text, as the sender says; null when it does not. */
  triggeredAt: string | null
  apiVersion: string | null
  deliveryId: string
  /** Bytes. */
  payloadSize: number
  outcome: EventOutcome
  detail: string | null
  /** When it was last replayed, ISO 8601; null when it never was. */
  replayedAt: string | null
  /** Whether it can be replayed: it was not understood, and its payload is still there. */
  canBeReplayed: boolean
  record: RecordView | null
  /** The calls for its record since it arrived, newest first. */
  attempts: AttemptRow[]
  payload: PayloadView
}

interface Ports {
  db: Database
  sealer: Sealer
  clock: Clock
}

/** Reads one event of a shop; null when the shop has none of that id. */
export async function presentEvent(ports: Ports, scope: ShopScope, id: string): Promise<EventPage | null> {
  const row = await ports.db.prisma.webhookEvent.findFirst({
    where: { id, sourceConnectionId: { in: scope.sourceIds } },
  })
  if (!row) return null

  const [record, attempts] = await Promise.all([
    presentRecord(ports.db, scope, row.recordId),
    attemptsSince(ports.db, scope, row),
  ])
  return {
    now: ports.clock().toISOString(),
    ...factsOf(row),
    record,
    attempts,
    payload: payloadOf(ports.sealer, row),
  }
}

/** What the payload of an event holds, with its personal values, and what it is about. */
export interface RevealedEvent {
  id: string
  resource: Resource | null
  externalId: string | null
  payload: PayloadView
}

/** The payload of one event of a shop in full; null when the shop has none of that id. Who asks must be permitted, and is to be noted. */
export async function revealEvent(
  { db, sealer }: Omit<Ports, 'clock'>,
  scope: ShopScope,
  id: string,
): Promise<RevealedEvent | null> {
  const row = await db.prisma.webhookEvent.findFirst({
    where: { id, sourceConnectionId: { in: scope.sourceIds } },
  })
  if (!row) return null
  const resource = row.resource === null ? null : Resource.parse(row.resource)
  return { id, resource, externalId: row.externalId, payload: payloadOf(sealer, row, true) }
}

function factsOf(row: WebhookEvent): Omit<EventPage, 'now' | 'record' | 'attempts' | 'payload'> {
  const { id, topic, isTest, store, triggeredAt, apiVersion, deliveryId, payloadSize, detail } = row
  return {
    ...{ id, topic, isTest, store, triggeredAt, apiVersion, deliveryId, payloadSize, detail },
    platform: Platform.parse(row.platform),
    receivedAt: row.receivedAt.toISOString(),
    replayedAt: row.replayedAt?.toISOString() ?? null,
    canBeReplayed: row.outcome === 'unmapped' && row.payload !== null,
    outcome: EventOutcome.parse(row.outcome),
  }
}

async function attemptsSince(db: Database, scope: ShopScope, event: WebhookEvent): Promise<AttemptRow[]> {
  if (event.recordId === null) return []
  const rows = await db.query(
    `SELECT ${ATTEMPT_COLUMNS} FROM "SyncAttempt" t JOIN "SyncRecord" r ON r."id" = t."recordId"
     WHERE t."recordId" = $1::uuid AND t."sourceConnectionId" = ANY($2::uuid[])
       AND t."startedAt" >= (SELECT e."receivedAt" FROM "WebhookEvent" e WHERE e."id" = $3::uuid)
     ORDER BY t."startedAt" DESC LIMIT $4`,
    [event.recordId, scope.sourceIds, event.id, ATTEMPTS_SHOWN],
  )
  return rows.map((row) => AttemptRowShape.parse(row))
}

function payloadOf(sealer: Sealer, row: WebhookEvent, reveal = false): PayloadView {
  if (row.payload === null) return { kind: 'expired' }
  try {
    const body = sealer.openText(row.payload, payloadPurpose(row.id))
    return showPayload(body, row.resource === null ? null : Resource.parse(row.resource), reveal)
  } catch {
    return { kind: 'unreadable' }
  }
}
