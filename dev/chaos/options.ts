import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Scenario, scenariosNamed } from './scenarios'

/** What a run of chaos is to do. */
export interface ChaosOptions {
  seed: number
  /** Of load, in all; the scenarios share it. */
  minutes: number
  scenarios: readonly Scenario[]
  /** How many records the whole store has that is brought in and compared; null when that is not played. */
  wholeStore: number | null
}

const DEFAULT_MINUTES = 10
const DEFAULT_RECORDS = 50_000
/** Fewer have no orders that are old, or nothing left to be killed in. */
const FEWEST_RECORDS = 500
/** What is played beside the scenarios: it has acts of its own, and ends when they do. */
const WHOLE_STORE = 'whole-store'

/**
 * Reads `--seed`, `--minutes`, `--records` and `--scenario` (as often as there are scenarios to run; none: all).
 *
 * @throws Error in words for a person: an unknown scenario is answered with those that there are
 */
export function parseChaosOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      records: { type: 'string' },
      scenario: { type: 'string', multiple: true, default: [] },
    },
  })
  const seed = values.seed === undefined ? randomInt(1, 2 ** 31) : Number(values.seed)
  const minutes = values.minutes === undefined ? DEFAULT_MINUTES : Number(values.minutes)
  if (!Number.isInteger(seed) || seed < 1) throw new Error('--seed must be a whole number above 0.')
  if (!(minutes > 0) || minutes > 24 * 60)
    throw new Error('--minutes must be a number above 0, a day at most.')
  const records = values.records === undefined ? DEFAULT_RECORDS : Number(values.records)
  if (!Number.isInteger(records) || records < FEWEST_RECORDS)
    throw new Error(`--records must be a whole number, ${FEWEST_RECORDS} at least.`)
  return { seed, minutes, ...chosen(values.scenario, records) }
}

function chosen(names: string[], records: number): Pick<ChaosOptions, 'scenarios' | 'wholeStore'> {
  const others = names.filter((name) => name !== WHOLE_STORE)
  const isMeant = names.length === 0 || others.length < names.length
  return {
    scenarios: names.length > 0 && others.length === 0 ? [] : scenariosNamed(others),
    wholeStore: isMeant ? records : null,
  }
}
