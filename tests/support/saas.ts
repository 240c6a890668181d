import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'

/** One call as a SaaS saw it. */
interface SeenCall {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** The body, parsed. */
  json: Record<string, unknown>
}

/** How a SaaS answers; by default it takes everything. */
export type SaasBehaviour = (response: ServerResponse, call: SeenCall) => void | Promise<void>

/** A SaaS over real HTTP that does what a test tells it to. */
export interface TestSaas {
  url: string
  calls: SeenCall[]
  behave(behaviour: SaasBehaviour): void
  stop(): Promise<void>
}

/** Answers with this status and JSON. */
export const answers =
  (status: number, json: unknown = {}, headers: Record<string, string> = {}): SaasBehaviour =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(json))

/** The answer of a SaaS that took the record. */
export const takes = (data: object = {}): SaasBehaviour =>
  answers(200, { success: true, data: { syncedCount: 1, skippedCount: 0, syncLogId: 'log', ...data } })

export async function startSaas(): Promise<TestSaas> {
  let behaviour = takes()
  const calls: SeenCall[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const json = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>
      const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, json }
      calls.push(call)
      void behaviour(response, call)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    behave: (next) => (behaviour = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What a SaaS saw of the calls that came at once. */
export interface Traffic {
  /** At each arrival: how many were under way, this one included, and how many had been answered. */
  arrivals: { underWay: number; answered: number }[]
}

/** Behaves like that, and notes how many calls are under way at once. */
export function watched(behaviour: SaasBehaviour): { behaviour: SaasBehaviour; traffic: Traffic } {
  const traffic: Traffic = { arrivals: [] }
  let underWay = 0
  let answered = 0
  return {
    traffic,
    async behaviour(response, call) {
      traffic.arrivals.push({ underWay: ++underWay, answered })
      response.on('finish', () => {
        underWay--
        answered++
      })
      await behaviour(response, call)
    },
  }
}
