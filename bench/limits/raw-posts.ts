import { Agent, request } from 'node:http'
import { RawPlan, type RawResult } from './raw-plan'

/**
 * The limit of delivery: a process that does nothing but POST the same requests over and over, on keep-alive connections of
 * node:http, and read the answers. Takes a plan from its parent, tells the result, and ends.
 */
process.once('message', (message) => {
  void postAll(RawPlan.parse(message)).then((result) => process.send?.(result, () => process.disconnect()))
})

async function postAll({ url, seconds, connections, requests }: RawPlan): Promise<RawResult> {
  const { hostname: host, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const bodies = requests.map(({ text, ...rest }) => ({ ...rest, body: Buffer.from(text) }))
  const result: RawResult = { answered: 0, failed: 0, seconds: 0, latencies: [] }
  const startedAt = performance.now()
  const end = startedAt + seconds * 1000
  let next = 0

  await Promise.all(Array.from({ length: connections }, () => postInTurn()))
  agent.destroy()
  return { ...result, seconds: (performance.now() - startedAt) / 1000 }

  async function postInTurn(): Promise<void> {
    while (performance.now() < end) {
      const post = bodies[next++ % bodies.length]
      if (!post) return
      const sentAt = performance.now()
      if ((await statusOf(post)) === 200) {
        result.answered += 1
        result.latencies.push(performance.now() - sentAt)
      } else result.failed += 1
    }
  }

  /** Null when no answer came. */
  function statusOf(post: { path: string; headers: Record<string, string>; body: Buffer }) {
    const { path, body } = post
    const headers = { ...post.headers, 'Content-Length': String(body.byteLength) }
    return new Promise<number | null>((resolve) => {
      const outgoing = request({ host, port, path, agent, method: 'POST', headers }, (response) => {
        response.resume().once('close', () => resolve(response.statusCode ?? null))
      })
      outgoing.once('error', () => resolve(null))
      outgoing.end(body)
    })
  }
}
