import { randomUUID } from 'node:crypto'
import { Batch, Envelope } from './envelope'
import { type Mirror } from './mirror'

export interface Reply {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export interface UnifiedOptions {
  mirror: Mirror
  /** The key that requests must bear; absent: any will do. */
  apiKey?: string | undefined
  /** What `GET /api/sync/status` names; null: no batches are offered. */
  batchLimit: number | null
}

/** How a well-behaved SaaS answers the `unified` dialect. */
export function answerUnified(
  { mirror, apiKey, batchLimit }: UnifiedOptions,
  request: { method: string; path: string; authorization: string | undefined; body: unknown },
): Reply {
  if (apiKey !== undefined && request.authorization !== `Bearer ${apiKey}`) {
    return failure(401, 'UNAUTHORIZED', 'The API key is missing or wrong')
  }
  switch (`${request.method} ${request.path}`) {
    case 'POST /api/sync/webhook':
      return takeOne(mirror, request.body)
    case 'POST /api/sync/batch':
      return batchLimit === null ? notFound() : takeMany(mirror, request.body, batchLimit)
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

function takeOne(mirror: Mirror, body: unknown): Reply {
  const event = Envelope.safeParse(body)
  if (!event.success) return failure(400, 'VALIDATION_ERROR', wrong(event.error.issues))
  return counted(mirror.take(event.data))
}

function takeMany(mirror: Mirror, body: unknown, limit: number): Reply {
  const batch = Batch.safeParse(body)
  if (!batch.success) return failure(400, 'VALIDATION_ERROR', wrong(batch.error.issues))
  if (batch.data.events.length > limit) return failure(413, 'PAYLOAD_TOO_LARGE', `At most ${limit} events`)
  const results = batch.data.events.map((each) => {
    const event = Envelope.safeParse(each)
    return event.success
      ? { status: mirror.take(event.data), id: randomUUID() }
      : { status: 'error', code: 'VALIDATION_ERROR', message: wrong(event.error.issues) }
  })
  return { status: 200, body: { success: true, data: { results } } }
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
