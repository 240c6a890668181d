import { type Resource } from '~/contracts/resource'
import { type RecordState } from '~/contracts/states'

/** How many records of one resource stand where. */
export interface Counts {
  inStep: number
  /** On their way: waiting, under way, to be tried again, or held by the connection. */
  waiting: number
  /** A person must look at them. */
  failed: number
  excluded: number
  deleted: number
}

export interface ResourceCounts extends Counts {
  resource: Resource
}

/** The one number: how many of the records that should be in step are. */
export interface Parity {
  inStep: number
  /** All records but the excluded and the deleted ones. */
  expected: number
  /** From 0 to 1; null when nothing has to be in step. */
  share: number | null
}

/** What one row of the count says. */
export interface StateCount {
  resource: Resource
  state: RecordState
  count: number
}

const COUNTED_AS: Record<RecordState, keyof Counts> = {
  waiting: 'waiting',
  delivering: 'waiting',
  in_step: 'inStep',
  retrying: 'waiting',
  held: 'waiting',
  dead: 'failed',
  excluded: 'excluded',
  deleted: 'deleted',
}

/** Folds the counts by state into one row for each resource, in the order given; a resource without records has zeros. */
export function countByResource(rows: StateCount[], resources: readonly Resource[]): ResourceCounts[] {
  return resources.map((resource) => {
    const counts: ResourceCounts = { resource, inStep: 0, waiting: 0, failed: 0, excluded: 0, deleted: 0 }
    for (const row of rows) {
      if (row.resource === resource) counts[COUNTED_AS[row.state]] += row.count
    }
    return counts
  })
}

/** All these counts together. */
export function sumOf(counts: Counts[]): Counts {
  const sum = (field: keyof Counts) => counts.reduce((total, row) => total + row[field], 0)
  return {
    inStep: sum('inStep'),
    waiting: sum('waiting'),
    failed: sum('failed'),
    excluded: sum('excluded'),
    deleted: sum('deleted'),
  }
}

/** The parity of all these counts together. */
export function parityOf(counts: Counts[]): Parity {
  const { inStep, waiting, failed } = sumOf(counts)
  const expected = inStep + waiting + failed
  return { inStep, expected, share: expected === 0 ? null : inStep / expected }
}
