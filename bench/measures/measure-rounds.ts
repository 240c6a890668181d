import { runLoad } from '../load/run-load'
import { planFor, type Subject } from '../subjects'

export const CONNECTIONS = 64
/** More than any subject acknowledges in a second on one core. */
const AT_MOST_A_SECOND = 6_000
const WARM_UP_SECONDS = 2

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
): Promise<Map<string, number[]>> {
  const rates = new Map(subjects.map(({ name }) => [name, [] as number[]]))
  for (const subject of subjects) await rateOf(subject, WARM_UP_SECONDS)
  for (let round = 0; round < rounds; round += 1) {
    // Nobody always comes first, or after the same neighbour.
    for (const subject of round % 2 === 0 ? subjects : [...subjects].reverse())
      rates.get(subject.name)?.push(await rateOf(subject, seconds))
  }
  return rates
}

async function rateOf(subject: Subject, seconds: number): Promise<number> {
  const pace = { kind: 'closed', connections: CONNECTIONS, atMost: AT_MOST_A_SECOND * seconds } as const
  const result = await runLoad(planFor(subject, seconds, pace))
  return result.acknowledged / result.seconds
}

/** The quotients of two subjects, round by round. */
export function ratios(rates: Map<string, number[]>, of: string, to: string): number[] {
  const [above = [], below = []] = [rates.get(of), rates.get(to)]
  return above.map((rate, round) => rate / (below[round] ?? Number.NaN))
}
