import { type Counts } from '../counts'
import { type LoadResult } from '../load/plan'
import { runLoad } from '../load/run-load'
import { planFor, type Subject } from '../subjects'

const CONNECTIONS = 64
/** More than any subject acknowledges in a second on one core. */
const AT_MOST_A_SECOND = 6_000
export const WARM_UP_SECONDS = 2

/** How many rounds, and how long each of them is for each subject. */
export interface Rounds {
  rounds: number
  seconds: number
}

/**
 * Acknowledgements a second of each subject, a list of as many as rounds, by its name. The subjects take turns within a round, so
 * that what else the machine does meets them alike. A first round, not counted, warms them up.
 */
export async function measureRounds(
  subjects: Subject[],
  { rounds, seconds }: Rounds,
  counts: Counts,
): Promise<Map<string, number[]>> {
  const rates = new Map(subjects.map(({ name }) => [name, [] as number[]]))
  for (const subject of subjects) await flood(subject, WARM_UP_SECONDS, counts)
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of inTurns(subjects, round))
      rates.get(subject.name)?.push(rateOf(await flood(subject, seconds, counts)))
  }
  return rates
}

/** Nobody always comes first, or after the same neighbour. */
export function inTurns<T>(all: readonly T[], round: number): T[] {
  return round % 2 === 0 ? [...all] : [...all].reverse()
}

/** New orders as fast as they are acknowledged, on 64 connections. */
export function flood(
  subject: Pick<Subject, 'url' | 'secret'>,
  seconds: number,
  counts: Counts,
  atMost = AT_MOST_A_SECOND * seconds,
): Promise<LoadResult> {
  return runLoad(planFor(subject, seconds, { kind: 'closed', connections: CONNECTIONS, atMost }), counts)
}

/** Acknowledgements a second. */
export function rateOf({ acknowledged, seconds }: LoadResult): number {
  return acknowledged / seconds
}
