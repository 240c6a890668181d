import { z } from 'zod'
import { compareMirror, type Comparison } from '../compare-mirror'
import { expectedRecords } from '../expected-record'
import { type Saas } from '../saas'
import { type RecordedRequest } from '../saas/recorder'
import { type Shop } from '../shopify'
import {
  type AttemptRow,
  type Evidence,
  type RecordStanding,
  type SeenRequest,
  type SeenSend,
} from './evidence'
import { type Stage } from './stage'

/** A time of the database, as milliseconds. */
const MS = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

const Sent = z.looseObject({
  resource: z.string(),
  data: z.looseObject({ external_id: z.string(), revision: z.number(), version: z.string().nullish() }),
})
const Batch = z.object({ events: z.array(z.unknown()) })

/** Gathers what a scenario left behind in the store, at the SaaS and in the database. */
export async function collect({ shop, saas, query, fleet, pauses }: Stage): Promise<Evidence> {
  const [attempts, records, stored] = await Promise.all([
    query<AttemptRow>(
      `SELECT a."id", r."resource" || ' ' || r."externalId" AS record, a."revision"::float8 AS revision, a."traceId", a."outcome", a."code",
              ${MS('a."startedAt"')} AS "startedAt", ${MS('a."endedAt"')} AS "endedAt"
       FROM "SyncAttempt" a JOIN "SyncRecord" r ON r."id" = a."recordId"`,
    ),
    query<RecordStanding>(
      `SELECT "id", "resource" || ' ' || "externalId" AS record, "state", "attempts", ${MS('"dueAt"')} AS "dueAt", "lastErrorCode", "reason" FROM "SyncRecord"`,
    ),
    query<{ id: string; outcome: string }>(`SELECT "deliveryId" AS id, "outcome" FROM "WebhookEvent"`),
  ])
  const calls = saas.requests.map((request) => ({ request, sends: sendsOf(request) }))
  return {
    ...compare(shop, saas),
    sends: calls.flatMap(({ sends }) => sends),
    requests: calls.map(({ request, sends }) => seenRequest(request, sends.length)),
    takes: saas.takes.map(({ record, revision }) => ({ record, revision })),
    attempts,
    records,
    webhooks: shop.deliveries().map(({ webhookId, topic, recordId, attempts: tries }) => ({
      ...{ id: webhookId, topic, recordId },
      statuses: tries.map(({ status }) => status),
    })),
    storedWebhooks: new Map(stored.map(({ id, outcome }) => [id, outcome])),
    deaths: fleet.deaths,
    pauses,
  }
}

function compare(shop: Shop, saas: Saas): { comparison: Comparison; withoutTombstone: string[] } {
  const expected = expectedRecords(shop.snapshot(), shop.state.locationId)
  const mirror = saas.mirror({ withDeleted: true })
  const alive = new Set(expected.map(({ resource, externalId }) => `${resource} ${externalId}`))
  const buried = new Set(
    mirror.filter(({ deleted }) => deleted).map(({ resource, externalId }) => `${resource} ${externalId}`),
  )
  const withoutTombstone = [...everTold(shop)].filter((record) => !alive.has(record) && !buried.has(record))
  return { comparison: compareMirror(expected, mirror), withoutTombstone }
}

const RESOURCES: Record<string, string> = {
  'products/create': 'product',
  'collections/create': 'category',
  'customers/create': 'customer',
  'orders/create': 'order',
}

/** Every record that was ever in the store. */
function everTold(shop: Shop): Set<string> {
  return new Set(
    shop.deliveries().flatMap(({ topic, recordId }) => {
      const resource = RESOURCES[topic]
      return resource ? [`${resource} ${recordId}`] : []
    }),
  )
}

function sendsOf({ method, body, sequence, startedAt, endedAt, status, fault }: RecordedRequest): SeenSend[] {
  if (method !== 'POST') return []
  const batch = Batch.safeParse(body)
  return (batch.data?.events ?? [body]).flatMap((event) => {
    const sent = Sent.safeParse(event)
    if (!sent.success) return []
    const { resource, data } = sent.data
    const { external_id: id, revision, version = null } = data
    const record = `${resource} ${id}`
    const text = JSON.stringify(event)
    return [{ ...{ sequence, record, revision, version, text }, startedAt, endedAt, status, fault }]
  })
}

function seenRequest({ sequence, headers, text, startedAt }: RecordedRequest, records: number): SeenRequest {
  const key = headers['idempotency-key']
  const traceparent = headers['traceparent']
  return {
    ...{ sequence, text, records, startedAt },
    idempotencyKey: typeof key === 'string' ? key : null,
    traceId: typeof traceparent === 'string' ? (traceparent.split('-')[1] ?? null) : null,
  }
}
