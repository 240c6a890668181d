import { until } from '../../until'
import { type World } from './world'

/** A `SyncRun`, with what of its parts is compared with the store. */
export interface RunRow {
  id: string
  kind: string
  state: string
  detail: string | null
  done: number
  changed: number
  gone: number | null
  startedAt: Date
  endedAt: Date | null
  slices: SliceRow[]
}

interface SliceRow {
  resource: string
  state: string
  detail: string | null
  exportId: string | null
  records: number | null
  objects: bigint | null
  readRecords: number
  readObjects: bigint
  faulty: number
  /** How many exports of it have failed in a row. */
  tries: number
}

/** All runs of the store so far, the oldest first. */
export function runsOf({ db }: Pick<World, 'db'>): Promise<RunRow[]> {
  return db.prisma.syncRun.findMany({
    include: { slices: { orderBy: { ordinal: 'asc' } } },
    orderBy: { startedAt: 'asc' },
  })
}

/** Waits for the end of a run that `isIt`. @throws Error when it takes too long */
export function runEnded(
  what: string,
  world: Pick<World, 'db' | 'patienceMs'>,
  isIt: (run: RunRow) => boolean,
): Promise<RunRow> {
  const look = async () => (await runsOf(world)).find((run) => isIt(run) && run.endedAt !== null)
  return until(what, look, world.patienceMs)
}

/** The source connection of the one store. */
export async function sourceOf({
  db,
}: Pick<World, 'db'>): Promise<{ shopId: string; sourceConnectionId: string }> {
  const { id, shopId } = await db.prisma.sourceConnection.findFirstOrThrow()
  return { shopId, sourceConnectionId: id }
}

/** In which way the counts of a run are not those of the exports that the store made. */
export function miscounted({ shop }: Pick<World, 'shop'>, { slices }: RunRow): string[] {
  const operations = new Map(shop.bulk.list().map((operation) => [operation.id, operation]))
  return slices.flatMap((slice) => {
    if (slice.state === 'skipped') return []
    const name = `the slice of ${slice.resource}s`
    if (slice.state !== 'finished') return [`${name} is ${slice.state}: ${slice.detail}`]
    const exported = operations.get(slice.exportId?.split('/').at(-1) ?? '')
    if (!exported) return [`${name} has no export at the store`]
    const isSame =
      slice.readRecords === exported.rootObjectCount && Number(slice.readObjects) === exported.objectCount
    return isSame && slice.faulty === 0
      ? []
      : [
          `${name} read ${slice.readRecords} records and ${slice.readObjects} lines (${slice.faulty} faulty) of ${exported.rootObjectCount} and ${exported.objectCount}`,
        ]
  })
}
