import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { isWhole, type Run, type Slice } from './read-run'

/** How many records of a resource are gone from the store, of how many that a run could see. */
export interface GoneCount {
  resource: ReadableResource
  gone: number
  /** What it has read and what is gone: what is here besides, such as orders before the window, could not have been missed. */
  held: number
}

/** What a run has proved to be gone and has not deleted yet. Reads nothing else of what it has accounted for. */
export async function countGone(sql: Sql, { id, slices }: Pick<Run, 'id' | 'slices'>): Promise<GoneCount[]> {
  const counts = await sql.query<Pick<GoneCount, 'resource' | 'gone'> & { [column: string]: unknown }>(
    `SELECT "resource", count(*)::int AS gone FROM "RunSighting" WHERE "runId" = $1 AND "isGone" GROUP BY "resource" ORDER BY "resource"`,
    [id],
  )
  return counts.map(({ resource, gone }) => ({ resource, gone, held: gone + countRead(slices, resource) }))
}

/** How much of a resource was read; a part that was read more than once counts once. Pure. */
export function countRead(slices: Slice[], resource: ReadableResource): number {
  const read = slices.filter(
    (slice) => slice.state === 'finished' && slice.resource === resource && isWhole(slice),
  )
  const most = (part: Slice[]) => Math.max(0, ...part.map(({ readRecords }) => readRecords))
  const isOlder = ({ createdUntil }: Slice) => createdUntil !== null
  return most(read.filter(isOlder)) + most(read.filter((slice) => !isOlder(slice)))
}

const SHARE = 0.01

/** Whether so many would go that a person is to be asked first. Pure. */
export function isManyGone({ gone, held }: GoneCount): boolean {
  return gone > held * SHARE
}
