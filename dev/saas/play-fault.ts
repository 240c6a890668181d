import { type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type SaasFault } from './faults'
import { counted, failure, type Refusal, type Reply } from './unified'

const BatchAnswer = z.object({ data: z.object({ results: z.array(z.unknown()) }) })

/** Sends an answer as JSON. */
export function sendReply(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text)
}

/**
 * Answers, or does not answer, as the fault says.
 *
 * @param ways `behave` takes the request as a well-behaved SaaS would and says what that would answer; `refuse` takes nothing
 * of it that the fault concerns, and says so
 */
export async function playFault(
  fault: SaasFault,
  response: ServerResponse,
  { behave, refuse }: { behave: () => Reply; refuse: (how: Refusal) => Reply },
): Promise<void> {
  switch (fault.kind) {
    case 'status':
      return sendReply(response, statusReply(fault))
    case 'slow':
      await pause(fault.ms)
      return sendReply(response, behave())
    case 'hang':
      return
    case 'reset':
      if (fault.after === 'taking') behave()
      response.socket?.resetAndDestroy()
      return
    case 'cut_off':
      return cutOff(response, behave())
    case 'garbage':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(fault.text)
      return
    case 'huge':
      return sendHuge(response, fault.bytes)
    case 'not_taken':
      return sendReply(response, refuse(fault.how))
    case 'stale':
      return sendReply(response, counted('stale'))
    case 'rate_limit':
      return sendReply(response, {
        ...failure(429, 'RATE_LIMITED', `At most ${fault.perSecond} requests a second`),
        headers: { 'Retry-After': '1' },
      })
    case 'short_batch':
      return sendReply(response, shortened(behave()))
  }
}

function statusReply(fault: Extract<SaasFault, { kind: 'status' }>): Reply {
  const { status, code, message, body, retryAfter, headers } = fault
  const reply = failure(status, code ?? `STATUS_${status}`, message ?? 'The SaaS was told to answer so')
  return {
    ...reply,
    ...(body !== undefined && { body }),
    headers: { ...headers, ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }) },
  }
}

function cutOff(response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': String(text.length) })
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy())
}

function sendHuge(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.write('{"success":true,"padding":"')
  response.write('x'.repeat(bytes))
  response.end('"}')
}

function shortened(reply: Reply): Reply {
  const answer = BatchAnswer.safeParse(reply.body)
  const results = answer.data?.data.results.slice(0, -1) ?? []
  return { ...reply, body: { success: true, data: { results } } }
}
