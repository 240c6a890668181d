import { parseArgs } from 'node:util'
import { z } from 'zod'

/** The parts of the bench, in the order in which they run and are reported. */
export const PART_NAMES = [
  'acknowledgements',
  'delivery',
  'draining',
  'burst',
  'backlog',
  'growth',
  'memory',
  'backfill',
  'backfill-memory',
  'dashboard',
] as const
export type PartName = (typeof PART_NAMES)[number]

/** What `npm run bench` was asked for. */
export interface Options {
  /** A number that is not reached is a failure. */
  check: boolean
  /** Measure nothing; write the report anew from the results that are kept. */
  compose: boolean
  only: PartName[]
  rounds: number
  /** How long a round is for each subject. */
  seconds: number
  /** How many records the large store of `growth` holds. */
  records: number
  /** How many records wait in `backlog`. */
  backlog: number
  /** How long `memory` loads the app. */
  minutes: number
  /** How many lines the large export of `backfill-memory` has. */
  lines: number
  /** How many records the large store of `backfill` holds, and that of `dashboard`. */
  planted: number
}

/** The small store of `growth` and of `backfill`. */
export const FEW_RECORDS = 10_000
/** The small export of `backfill-memory`. */
export const FEW_LINES = 10_000

const whole = (least: number) => z.coerce.number().int().min(least)
const Numbers = z.object({
  rounds: whole(1),
  seconds: whole(1),
  records: whole(FEW_RECORDS + 1),
  backlog: whole(1_000),
  minutes: z.coerce.number().min(0.5),
  lines: whole(FEW_LINES + 1),
  planted: whole(FEW_RECORDS + 1),
})

/**
 * Reads the command line.
 *
 * @throws Error that names what is wrong: an unknown part (with the list of parts), an unknown option, or a number out of range
 */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      check: { type: 'boolean', default: false },
      compose: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      records: { type: 'string', default: '5000000' },
      backlog: { type: 'string', default: '100000' },
      minutes: { type: 'string', default: '10' },
      lines: { type: 'string', default: '1000000' },
      planted: { type: 'string', default: '1000000' },
    },
  })
  const numbers = Numbers.safeParse(values)
  if (!numbers.success) throw new Error(z.prettifyError(numbers.error))
  return { ...numbers.data, check: values.check, compose: values.compose, only: chosen(values.only) }
}

function chosen(only: string | undefined): PartName[] {
  if (only === undefined) return [...PART_NAMES]
  const names = only.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !PART_NAMES.some((part) => part === name))
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown.join(', ')}. The parts are ${PART_NAMES.join(', ')}.`)
  return PART_NAMES.filter((part) => names.includes(part))
}
