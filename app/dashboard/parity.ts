import { type Resource } from '~/contracts/resource'
import { type CountedState, type RecordCount } from '~/records/count-records'

/** How many records of one resource stand where. */
export interface Counts {
  /** The SaaS has what it should have. */
  inStep: number
  /** The SaaS has taken the deletion: in step, too. */
  deleted: number
  /** On their way, with nothing against it. */
  waiting: number
  /** A call failed, and there will be another. */
  retrying: number
  /** They wait for the connection. */
  held: number
  /** A person must look at them. */
  failed: number
  /** It is known that they are there, and not yet what is in them. */
  unknown: number
  /** Not sent on purpose. */
  excluded: number
}

/** The counts of one resource. */
export interface ResourceCounts extends Counts {
  resource: Resource
  /** Why the excluded ones are, in words; the most frequent reason first. */
  excludedBecause: { reason: string; count: number }[]
}

/** The one number: how many of the records that should be in step are. */
export interface Parity {
  /** Deletions that the SaaS has taken among them. */
  inStep: number
  /** All records but the excluded ones. */
  expected: number
  /** From 0 to 1; null when nothing has to be in step. */
  share: number | null
}

const COUNTED_AS: Record<CountedState, keyof Counts> = {
  waiting: 'waiting',
  delivering: 'waiting',
  in_step: 'inStep',
  retrying: 'retrying',
  held: 'held',
  dead: 'failed',
  excluded: 'excluded',
  deleted: 'deleted',
  unknown: 'unknown',
}

const NONE: Counts = {
  inStep: 0,
  deleted: 0,
  waiting: 0,
  retrying: 0,
  held: 0,
  failed: 0,
  unknown: 0,
  excluded: 0,
}

/** Folds the counts by state into one row for each resource, in the order given; a resource without records has zeros. */
export function countByResource(rows: RecordCount[], resources: readonly Resource[]): ResourceCounts[] {
  return resources.map((resource) => {
    const own = rows.filter((row) => row.resource === resource)
    const counts = { ...NONE }
    for (const { state, count } of own) counts[COUNTED_AS[state]] += count
    const excludedBecause = own
      .filter(({ state }) => state === 'excluded')
      .map(({ reason, count }) => ({ reason, count }))
      .sort((a, b) => b.count - a.count)
    return { resource, ...counts, excludedBecause }
  })
}

/** All these counts together. */
export function sumOf(counts: Counts[]): Counts {
  const total = { ...NONE }
  for (const field of Object.keys(NONE) as (keyof Counts)[]) {
    for (const row of counts) total[field] += row[field]
  }
  return total
}

/** How many are on their way, or will be: nobody has given them up. */
export function underWay({ waiting, retrying, held }: Counts): number {
  return waiting + retrying + held
}

/** The parity of all these counts together. */
export function parityOf(counts: Counts[]): Parity {
  const total = sumOf(counts)
  const inStep = total.inStep + total.deleted
  const expected = inStep + underWay(total) + total.failed + total.unknown
  return { inStep, expected, share: expected === 0 ? null : inStep / expected }
}
