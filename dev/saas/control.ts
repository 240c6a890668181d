import { z } from 'zod'
import { type SaasFault } from './faults'
import { type MirroredRecord } from './mirror'
import { type RecordedRequest } from './recorder'
import { failure, type Reply } from './unified'

/** What can be commanded and looked at. */
export interface CommandedSaas {
  requests: RecordedRequest[]
  mirror(options?: { resource?: string; withDeleted?: boolean }): MirroredRecord[]
  misbehave(fault: unknown): void
  behave(): void
  faults(): SaasFault[]
  setLatency(ms: number): void
  reset(): void
}

const Latency = z.object({ ms: z.number().min(0) })

/**
 * Commands the SaaS over HTTP: `GET /__control/requests`, `/mirror`, `/faults`; `POST /__control/misbehave`,
 * `/behave`, `/latency`, `/reset`.
 */
export function controlReply(saas: CommandedSaas, method: string, url: URL, text: string): Reply {
  try {
    return {
      status: 200,
      body: command(saas, `${method} ${url.pathname.slice('/__control'.length)}`, url, text),
    }
  } catch (error) {
    if (error instanceof z.ZodError) return failure(400, 'VALIDATION_ERROR', z.prettifyError(error))
    if (error instanceof SyntaxError) return failure(400, 'VALIDATION_ERROR', 'The body is not JSON')
    throw error
  }
}

function command(saas: CommandedSaas, what: string, url: URL, text: string): unknown {
  switch (what) {
    case 'GET /requests':
      return saas.requests.slice(-Number(url.searchParams.get('limit') ?? 100))
    case 'GET /mirror':
      return saas.mirror({
        withDeleted: url.searchParams.has('deleted'),
        ...(url.searchParams.has('resource') && { resource: url.searchParams.get('resource') ?? '' }),
      })
    case 'GET /faults':
      return saas.faults()
    case 'POST /misbehave':
      return done(saas.misbehave(JSON.parse(text)))
    case 'POST /behave':
      return done(saas.behave())
    case 'POST /latency':
      return done(saas.setLatency(Latency.parse(JSON.parse(text)).ms))
    case 'POST /reset':
      return done(saas.reset())
    default:
      return { error: `There is no ${what}` }
  }
}

function done(_nothing: void): { done: true } {
  return { done: true }
}
