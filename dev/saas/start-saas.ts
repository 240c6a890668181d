import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { controlReply, type CommandedSaas } from './control'
import { eventsIn, type Envelope } from './envelope'
import { SaasFault, type SaasFaultInput } from './faults'
import { Mirror, type MirroredRecord, type Take } from './mirror'
import { playFault, sendReply } from './play-fault'
import { Recorder, type RecordedRequest } from './recorder'
import { answerUnified, type Refusal, type Reply, type UnifiedOptions } from './unified'

export interface SaasOptions {
  /** Of the loopback; 0, the default, takes a free one. */
  port?: number
  /** The key that requests must bear; absent: any will do. */
  apiKey?: string
  /** How many events a batch may have; null, the default: no batches are offered. */
  batchLimit?: number | null
  /** How long every answer takes, in milliseconds. */
  latencyMs?: number
  /** From 0 to 1, for faults that come by chance. */
  random?: () => number
}

/** A SaaS that speaks `unified`, remembers everything and misbehaves on command. */
export interface Saas {
  /** Such as `http://127.0.0.1:5000`: the `SAAS_API_URL`. */
  url: string
  /** Every request since the start or the last reset, in order. */
  requests: RecordedRequest[]
  /** All that it took since then, in order. */
  takes: Take[]
  /** What it holds now, tombstones only on request. */
  mirror(options?: { resource?: string; withDeleted?: boolean }): MirroredRecord[]
  /** @throws ZodError */
  misbehave(fault: SaasFaultInput): void
  /** Ends all misbehaviour. */
  behave(): void
  faults(): SaasFault[]
  setLatency(ms: number): void
  /** From now on, requests must bear this key, and no other. */
  setKey(apiKey: string): void
  /** Forgets requests, records and faults. */
  reset(): void
  /** Resolves when that many requests were answered, also those that came before. */
  answered(count: number): Promise<void>
  /** Stops listening, and breaks off what is under way: connections are refused until `comeBack`. */
  goDown(): Promise<void>
  /** Listens again, at the same address. */
  comeBack(): Promise<void>
  stop(): Promise<void>
}

/** Starts a SaaS on the loopback. `/__control` commands it over HTTP. */
export async function startSaas(options: SaasOptions = {}): Promise<Saas> {
  const saas = new MisbehavingSaas(options)
  const server = createServer((request, response) => void saas.serve(request, response))
  await listen(server, options.port ?? 0)
  return saas.facade(server)
}

class MisbehavingSaas implements CommandedSaas {
  readonly #mirror = new Mirror()
  readonly #recorder = new Recorder()
  readonly #options: SaasOptions
  readonly #recent: number[] = []
  #watchers: { count: number; tell: () => void }[] = []
  #faults: { fault: SaasFault; left: number }[] = []
  #latencyMs: number
  #apiKey: string | undefined

  constructor(options: SaasOptions) {
    this.#options = options
    this.#latencyMs = options.latencyMs ?? 0
    this.#apiKey = options.apiKey
  }

  facade(server: Server): Saas {
    const { port } = server.address() as AddressInfo
    return {
      url: `http://127.0.0.1:${port}`,
      requests: this.#recorder.requests,
      takes: this.#mirror.takes,
      mirror: (options) => this.#mirror.list(options),
      misbehave: (fault) => this.misbehave(fault),
      behave: () => this.behave(),
      faults: () => this.faults(),
      setLatency: (ms) => this.setLatency(ms),
      setKey: (apiKey) => {
        this.#apiKey = apiKey
      },
      reset: () => this.reset(),
      answered: (count) => this.#answered(count),
      goDown: () => shut(server),
      comeBack: () => listen(server, port),
      stop: () => shut(server),
    }
  }

  misbehave(input: unknown): void {
    const fault = SaasFault.parse(input)
    this.#faults.push({ fault, left: fault.times ?? Infinity })
  }

  behave(): void {
    this.#faults = []
  }

  faults(): SaasFault[] {
    return this.#faults.filter(({ left }) => left > 0).map(({ fault }) => fault)
  }

  setLatency(ms: number): void {
    this.#latencyMs = ms
  }

  reset(): void {
    this.behave()
    this.#mirror.clear()
    this.#recorder.clear()
    this.#latencyMs = this.#options.latencyMs ?? 0
  }

  mirror(options?: { resource?: string; withDeleted?: boolean }): MirroredRecord[] {
    return this.#mirror.list(options)
  }

  get requests(): RecordedRequest[] {
    return this.#recorder.requests
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    const text = await textOf(request)
    if (url.startsWith('/__control')) {
      return sendReply(response, controlReply(this, method, new URL(url, 'http://saas'), text))
    }
    const path = new URL(url, 'http://saas').pathname
    const recorded = this.#recorder.open({ method, path, headers, text })
    response.once('close', () => this.#close(recorded, response))
    if (this.#latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.#latencyMs))

    const behave = () => this.#behave(recorded)
    const fault = this.#meet(recorded)
    recorded.fault = fault?.kind ?? null
    if (!fault) return sendReply(response, behave())
    const refuse = (how: Refusal) =>
      this.#behave(recorded, (event) => (concernsEvent(fault, event) ? how : null))
    await playFault(fault, response, { behave, refuse })
  }

  #behave({ method, path, headers, body }: RecordedRequest, refusalOf?: UnifiedOptions['refusalOf']): Reply {
    const { batchLimit = null } = this.#options
    const apiKey = this.#apiKey
    const { authorization } = headers
    const options = { mirror: this.#mirror, apiKey, batchLimit, ...(refusalOf && { refusalOf }) }
    return answerUnified(options, { method, path, authorization, body })
  }

  #meet(request: RecordedRequest): SaasFault | undefined {
    const random = this.#options.random ?? Math.random
    const met = this.#faults.find(
      ({ fault, left }) =>
        left > 0 && concerns(fault, request) && random() < fault.chance && this.#exceeds(fault, request),
    )
    if (met) met.left -= 1
    return met?.fault
  }

  /** A rate limit only strikes beyond its rate; every other fault always does. */
  #exceeds(fault: SaasFault, { startedAt }: RecordedRequest): boolean {
    if (fault.kind !== 'rate_limit') return true
    while (this.#recent.length > 0 && (this.#recent[0] ?? 0) <= startedAt - 1000) this.#recent.shift()
    if (this.#recent.length >= fault.perSecond) return true
    this.#recent.push(startedAt)
    return false
  }

  #close(recorded: RecordedRequest, response: ServerResponse): void {
    this.#recorder.close(recorded, response.writableFinished ? response.statusCode : null)
    const done = this.#recorder.ended
    for (const watcher of this.#watchers) if (watcher.count <= done) watcher.tell()
    this.#watchers = this.#watchers.filter(({ count }) => count > done)
  }

  #answered(count: number): Promise<void> {
    if (this.#recorder.ended >= count) return Promise.resolve()
    return new Promise((tell) => this.#watchers.push({ count, tell }))
  }
}

function concerns(fault: SaasFault, { path, body }: RecordedRequest): boolean {
  if (fault.path !== undefined && !path.startsWith(fault.path)) return false
  if (fault.externalId === undefined && fault.resource === undefined) return true
  return eventsIn(body).some((event) => concernsEvent(fault, event))
}

function concernsEvent(fault: SaasFault, { resource, data }: Envelope): boolean {
  return (
    (fault.externalId === undefined || fault.externalId === data.external_id) &&
    (fault.resource === undefined || fault.resource === resource)
  )
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    // The caller went away in the middle; what came is recorded as it is.
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Ends the connections too, and so whatever is under way. Of a server that is shut already: nothing. */
async function shut(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}
