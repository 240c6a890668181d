import { type Destination } from '../destination'
import { runRawPosts } from '../limits/run-raw-posts'

/** As many as Parity has under way at once for a connection. */
const CONNECTIONS = 16

/** The limit of delivery: calls a second of a process that only repeats requests, by default Parity's own, to the same SaaS. */
export async function rawRate(
  { saas, samples }: Destination,
  seconds: number,
  requests = samples(),
): Promise<number> {
  const result = await runRawPosts({ url: saas.url, seconds, connections: CONNECTIONS, requests })
  return result.answered / result.seconds
}
