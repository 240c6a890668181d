import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { type LoadResult, Plan } from './plan'
import { type SignedRequest, signRequests } from './sign-requests'

/** A process of its own: takes a plan from its parent, carries it out, tells the result, and ends. */
process.once('message', (message) => {
  void carryOut(Plan.parse(message)).then((result) => process.send?.(result, () => process.disconnect()))
})

async function carryOut(plan: Plan): Promise<LoadResult> {
  const { pace, seconds } = plan
  const agent = new Agent({
    keepAlive: true,
    ...(pace.kind === 'closed' ? { maxSockets: pace.connections } : {}),
  })
  const target = { ...addressOf(plan.url), agent }
  const tally: Tally = { acknowledged: 0, failed: 0, latencies: [] }
  // Where the app shall be busy all the time, the signing must not take turns with it.
  const requests = pace.kind === 'closed' ? [...signRequests(plan)].values() : signRequests(plan)
  const startedAt = performance.now()
  // Not performance.timeOrigin: it is off by up to 13 ms in a process that has just started (Node 24).
  const startedOn = Date.now()

  if (pace.kind === 'closed') {
    const end = startedAt + seconds * 1000
    await Promise.all(
      Array.from({ length: pace.connections }, () => sendInTurn(requests, () => performance.now() < end)),
    )
  } else {
    await sendOnTime(requests, startedAt, 1000 / pace.perSecond)
  }
  agent.destroy()
  return {
    ...tally,
    seconds: (performance.now() - startedAt) / 1000,
    startedAt: startedOn,
  }

  async function sendInTurn(queue: Iterator<SignedRequest>, isOn: () => boolean): Promise<void> {
    while (isOn()) {
      const next = queue.next()
      if (next.done) return
      await send(target, next.value, performance.now(), tally)
    }
  }

  async function sendOnTime(all: Iterable<SignedRequest>, start: number, interval: number): Promise<void> {
    const sent: Promise<void>[] = []
    for (const signed of all) {
      const due = start + sent.length * interval
      while (performance.now() < due) await pause(1)
      sent.push(send(target, signed, due, tally))
    }
    await Promise.all(sent)
  }
}

interface Tally {
  acknowledged: number
  failed: number
  latencies: number[]
}

interface Target {
  host: string
  port: string
  path: string
  agent: Agent
}

/** Any topic may come to any path: the topic's header wins. */
function addressOf(url: string): Omit<Target, 'agent'> {
  const { hostname, port } = new URL(url)
  return { host: hostname, port, path: '/webhooks/orders/create' }
}

/** Sends one request and counts what came; resolves when the answer has been read, or none will come. */
function send(target: Target, { headers, body }: SignedRequest, due: number, tally: Tally): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = request({ ...target, method: 'POST', headers }, (response) => {
      response.resume().once('close', () => {
        if (response.statusCode === 200) {
          tally.acknowledged += 1
          tally.latencies.push(performance.now() - due)
        } else tally.failed += 1
        resolve()
      })
    })
    outgoing.once('error', () => {
      tally.failed += 1
      resolve()
    })
    outgoing.end(body)
  })
}
