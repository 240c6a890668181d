import { randomUUID } from 'node:crypto'
import { Batch, Envelope } from './envelope'
import { type Mirror } from './mirror'

export interface Reply {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** How an event is not taken, though the answer is 200. */
export type Refusal = 'skipped' | 'unsuccessful'

export interface UnifiedOptions {
  mirror: Mirror
  /** Which events are not taken, and how; absent: all are. */
  refusalOf?: (event: Envelope) => Refusal | null
  /** The key that requests must bear; absent: any will do. */
  apiKey?: string | undefined
  /** What `GET /api/sync/status` names; null: no batches are offered. */
  batchLimit: number | null
}

/** How a well-behaved SaaS answers the `unified` dialect. */
export function answerUnified(
  { mirror, refusalOf = () => null, apiKey, batchLimit }: UnifiedOptions,
  request: { method: string; path: string; authorization: string | undefined; body: unknown },
): Reply {
  if (apiKey !== undefined && request.authorization !== `Bearer ${apiKey}`) {
    return failure(401, 'UNAUTHORIZED', 'The API key is missing or wrong')
  }
  switch (`${request.method} ${request.path}`) {
    case 'POST /api/sync/webhook':
      return takeOne(mirror, request.body, refusalOf)
    case 'POST /api/sync/batch':
      return batchLimit === null ? notFound() : takeMany(mirror, request.body, batchLimit, refusalOf)
    case 'GET /api/sync/status':
      return { status: 200, body: { success: true, data: statusOf(mirror, batchLimit) } }
    default:
      return notFound()
  }
}

export function failure(status: number, code: string, message: string): Reply {
  return { status, body: { success: false, error: { code, message } } }
}

/** The 200 of `POST /api/sync/webhook`, whatever became of the event. */
export function counted(outcome: 'synced' | 'skipped' | 'stale'): Reply {
  const data = {
    syncedCount: outcome === 'synced' ? 1 : 0,
    skippedCount: outcome === 'skipped' ? 1 : 0,
    ...(outcome === 'stale' && { staleCount: 1 }),
    syncLogId: randomUUID(),
  }
  return { status: 200, body: { success: true, data } }
}

type RefusalOf = NonNullable<UnifiedOptions['refusalOf']>

function takeOne(mirror: Mirror, body: unknown, refusalOf: RefusalOf): Reply {
  const event = Envelope.safeParse(body)
  if (!event.success) return failure(400, 'VALIDATION_ERROR', wrong(event.error.issues))
  const refusal = refusalOf(event.data)
  if (refusal === 'unsuccessful') return failure(200, 'NOT_TAKEN', 'Not taken')
  return counted(refusal ?? mirror.take(event.data))
}

function takeMany(mirror: Mirror, body: unknown, limit: number, refusalOf: RefusalOf): Reply {
  const batch = Batch.safeParse(body)
  if (!batch.success) return failure(400, 'VALIDATION_ERROR', wrong(batch.error.issues))
  if (batch.data.events.length > limit) return failure(413, 'PAYLOAD_TOO_LARGE', `At most ${limit} events`)
  const results = batch.data.events.map((each) => {
    const event = Envelope.safeParse(each)
    return event.success
      ? resultOf(mirror, event.data, refusalOf(event.data))
      : { status: 'error', code: 'VALIDATION_ERROR', message: wrong(event.error.issues) }
  })
  return { status: 200, body: { success: true, data: { results } } }
}

function resultOf(mirror: Mirror, event: Envelope, refusal: Refusal | null) {
  if (refusal === 'unsuccessful') return { status: 'error', code: 'NOT_TAKEN', message: 'Not taken' }
  return { status: refusal ?? mirror.take(event), id: randomUUID() }
}

function statusOf(mirror: Mirror, batchLimit: number | null) {
  const grouped = Map.groupBy(mirror.list(), ({ resource }) => resource)
  const resources = [...grouped].map(([resource, { length }]) => [resource, { count: length }] as const)
  return {
    schema_version: 1,
    ...(batchLimit !== null && { batch_limit: batchLimit }),
    resources: Object.fromEntries(resources),
  }
}

function notFound(): Reply {
  return failure(404, 'NOT_FOUND', 'There is nothing here')
}

function wrong(issues: { path: PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
