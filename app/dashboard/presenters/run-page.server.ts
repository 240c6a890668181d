import { type SyncSlice } from '@prisma/client'
import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { type SliceState } from '../run-progress'
import { RunKind, RunState } from '../run-words'
import { type ShopScope } from './scope.server'

/** What the page of one run shows. */
export interface RunPage {
  /** When this was read, ISO 8601. */
  now: string
  id: string
  kind: RunKind
  state: RunState
  /** Null for all. */
  resource: Resource | null
  /** ISO 8601. */
  startedAt: string
  /** ISO 8601; null while it is under way. */
  endedAt: string | null
  /** How many records it has looked at, and will; null while they are not counted. */
  done: number
  total: number | null
  /** How many of them differed. */
  changed: number
  /** How many turned out to be gone from the store; null where it does not look for that. */
  gone: number | null
  /** What it compared, found and repaired, in words. */
  words: string | null
  /** Its parts, in the order in which they are read. */
  slices: SliceRow[]
}

const State = z.enum(['waiting', 'exporting', 'reading', 'finished', 'failed', 'skipped', 'cancelled'])

/** A part of a run: one resource, perhaps of one span of time. */
export interface SliceRow {
  id: string
  resource: Resource
  state: SliceState
  /** Only what was created or updated in that time, ISO 8601; null for no such bound. */
  createdFrom: string | null
  createdUntil: string | null
  updatedFrom: string | null
  /** How many records were read, how many the store says there are, and how many of them differed or were not understood. */
  read: number
  records: number | null
  changed: number
  faulty: number
  words: string | null
}

/** Reads one run of a shop; null when the shop has none of that id. */
export async function presentRun(
  db: Database,
  scope: ShopScope,
  id: string,
  clock: Clock,
): Promise<RunPage | null> {
  const row = await db.prisma.syncRun.findFirst({
    where: { id, sourceConnectionId: { in: scope.sourceIds } },
    include: { slices: { orderBy: { ordinal: 'asc' } } },
  })
  if (!row) return null

  const { total, changed, gone, detail: words } = row
  // A run sums up its parts from time to time: they are ahead of it.
  const read = row.slices.reduce((sum, { readRecords }) => sum + readRecords, 0)
  const differed = row.slices.reduce((sum, slice) => sum + slice.changed, 0)
  return {
    now: clock().toISOString(),
    ...{ id: row.id, total, gone, words },
    done: Math.max(row.done, read),
    changed: Math.max(changed, differed),
    kind: RunKind.parse(row.kind),
    state: RunState.parse(row.state),
    resource: row.resource === null ? null : Resource.parse(row.resource),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    slices: row.slices.map(toSlice),
  }
}

function toSlice(slice: SyncSlice): SliceRow {
  const { id, records, changed, faulty, detail: words, readRecords: read } = slice
  return {
    ...{ id, records, changed, faulty, words, read },
    resource: Resource.parse(slice.resource),
    state: State.parse(slice.state),
    createdFrom: slice.createdFrom?.toISOString() ?? null,
    createdUntil: slice.createdUntil?.toISOString() ?? null,
    updatedFrom: slice.updatedFrom?.toISOString() ?? null,
  }
}
