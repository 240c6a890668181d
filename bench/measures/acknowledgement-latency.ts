import { type Counts } from '../counts'
import { runLoad } from '../load/run-load'
import { percentile } from '../statistics'
import { planFor, type Subject } from '../subjects'
import { inTurns, type Rounds } from './measure-rounds'

/** Milliseconds. */
export interface Latency {
  p50: number
  p99: number
}

/** How long an acknowledgement of each subject takes at a fixed rate, round by round, by its name. The subjects take turns. */
export async function acknowledgementLatencies(
  subjects: Subject[],
  perSecond: number,
  { rounds, seconds }: Rounds,
  counts: Counts,
): Promise<Map<string, Latency[]>> {
  const latencies = new Map(subjects.map(({ name }) => [name, [] as Latency[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of inTurns(subjects, round)) {
      const result = await runLoad(planFor(subject, seconds, { kind: 'open', perSecond }), counts)
      latencies.get(subject.name)?.push(latencyOf(result.latencies))
    }
  }
  return latencies
}

export function latencyOf(values: number[]): Latency {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) }
}
