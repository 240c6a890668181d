import { type Reach, type ReadableResource } from '../contracts/store-reader'
import { DAY_MS } from '../lib/time'
import { isWhole, type Run, type Slice } from './read-run'

/**
 * Since when records must have been created for a run to miss them: null when it has read all of the resource. A bound moves on with time,
 * as the store's window does, and keeps a day's distance from it: a record that has just left the window is not gone.
 */
export function windowOf(run: Run, resource: ReadableResource, now: Date): Date | null {
  const [first] = readSlices(run, resource).sort((a, b) => beginning(a) - beginning(b))
  if (!first?.createdFrom) return null
  const passed = now.getTime() - Date.parse(first.takenAt!)
  return new Date(first.createdFrom.getTime() + passed + DAY_MS)
}

/** Whether the store can still be read as far as a run has read it. Otherwise what is not found may only be out of reach. */
export function isIntact(run: Run, resource: ReadableResource, reach: Reach, now: Date): boolean {
  switch (reach.kind) {
    case 'all':
      return true
    case 'none':
      return false
    case 'since': {
      const window = windowOf(run, resource, now)
      return window !== null && window.getTime() >= now.getTime() - reach.days * DAY_MS
    }
  }
}

/** The newest of the snapshots that a run has read of a resource: UTC text with nine decimals. */
export function snapshotOf(run: Run, resource: ReadableResource): string {
  return readSlices(run, resource).reduce(
    (newest, { takenAt }) => (takenAt! > newest ? takenAt! : newest),
    '',
  )
}

function readSlices({ slices }: Run, resource: ReadableResource): Slice[] {
  return slices.filter((slice) => slice.state === 'finished' && slice.resource === resource && isWhole(slice))
}

function beginning({ createdFrom }: Slice): number {
  return createdFrom?.getTime() ?? -Infinity
}
