import { runLoad } from '../load/run-load'
import { percentile } from '../statistics'
import { planFor, type Subject } from '../subjects'
import { type Rounds } from './measure-rounds'

/** Milliseconds. */
export interface Latency {
  p50: number
  p99: number
}

/** How long an acknowledgement takes at a fixed rate, round by round. */
export async function acknowledgementLatency(
  subject: Subject,
  perSecond: number,
  { rounds, seconds }: Rounds,
): Promise<Latency[]> {
  const latencies: Latency[] = []
  for (let round = 0; round < rounds; round += 1) {
    const result = await runLoad(planFor(subject, seconds, { kind: 'open', perSecond }))
    latencies.push(latencyOf(result.latencies))
  }
  return latencies
}

export function latencyOf(values: number[]): Latency {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) }
}
