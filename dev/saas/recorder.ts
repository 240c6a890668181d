import { type IncomingHttpHeaders } from 'node:http'
import { eventsIn, keyOf } from './envelope'

/** One request as the SaaS saw it. */
export interface RecordedRequest {
  /** Counts from 1. */
  sequence: number
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** The bytes as text. */
  text: string
  /** Parsed; undefined when it is not JSON. */
  body: unknown
  /** The records that it carries, as `source|store|resource|external id`. */
  records: string[]
  startedAt: number
  /** Null while it is being answered, and for ever when it never is. */
  endedAt: number | null
  /** Null when no answer was given. */
  status: number | null
  /** The fault that it met. */
  fault: string | null
  /** The records that another request, not yet answered, was carrying when this one came. */
  overlaps: string[]
}

/** Everything that reached the SaaS, in order. */
export class Recorder {
  readonly requests: RecordedRequest[] = []
  /** How many of them are over. */
  ended = 0
  readonly #inFlight = new Map<string, number>()

  open(request: Pick<RecordedRequest, 'method' | 'path' | 'headers' | 'text'>): RecordedRequest {
    const body = parseJson(request.text)
    const records = eventsIn(body).map(keyOf)
    const recorded: RecordedRequest = {
      sequence: this.requests.length + 1,
      ...request,
      body,
      records,
      startedAt: Date.now(),
      endedAt: null,
      status: null,
      fault: null,
      overlaps: records.filter((key) => (this.#inFlight.get(key) ?? 0) > 0),
    }
    for (const key of records) this.#inFlight.set(key, (this.#inFlight.get(key) ?? 0) + 1)
    this.requests.push(recorded)
    return recorded
  }

  /** The answer is out, or the connection is gone. */
  close(recorded: RecordedRequest, status: number | null): void {
    if (recorded.endedAt !== null) return
    recorded.endedAt = Date.now()
    recorded.status = status
    this.ended += 1
    for (const key of recorded.records) this.#inFlight.set(key, (this.#inFlight.get(key) ?? 1) - 1)
  }

  clear(): void {
    this.requests.length = 0
    this.ended = 0
    this.#inFlight.clear()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
