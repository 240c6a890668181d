import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Scenario, scenariosNamed } from './scenarios'

/** What a run of chaos is to do. */
export interface ChaosOptions {
  seed: number
  /** Of load, in all; the scenarios share it. */
  minutes: number
  scenarios: readonly Scenario[]
}

const DEFAULT_MINUTES = 10

/**
 * Reads `--seed`, `--minutes` and `--scenario` (as often as there are scenarios to run; none: all).
 *
 * @throws Error in words for a person: an unknown scenario is answered with those that there are
 */
export function parseChaosOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      scenario: { type: 'string', multiple: true, default: [] },
    },
  })
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed)
  const minutes = values.minutes === undefined ? DEFAULT_MINUTES : Number(values.minutes)
  if (!Number.isInteger(seed) || seed < 1) throw new Error('--seed must be a whole number above 0.')
  if (!(minutes > 0) || minutes > 24 * 60)
    throw new Error('--minutes must be a number above 0, a day at most.')
  return { seed, minutes, scenarios: scenariosNamed(values.scenario) }
}
