import { type RunPorts } from '../../app/backfill/run-ports'
import { reconcileSource } from '../../app/backfill/reconcile-source'
import { type ChangedRecord } from '../../app/contracts/store-reader'
import { systemClock, toSortable } from '../../app/lib/time'
import { countRecords } from '../../app/records/count-records'
import { STORE } from '../bench-database'
import { plantStore } from '../planting/plant-store'
import { PLANTED_RECORDS } from '../planting/planted-rows'
import { type PartContext } from '../parts/part'
import { benchStore } from '../reading/bench-store'
import { installStore } from '../reading/install-store'
import { openPorts } from '../reading/open-ports'

const CHANGED = 100
/** Of these a webhook has told. */
const TOLD = CHANGED / 2
const FIRST_PLANTED = 6_000_000_000_000
const FIRST_NEW = 6_900_000_000_000
const LONG_AGO_MS = 10 * 60_000
const COUNTS = 50

/** A store of planted records that can be reconciled and counted. */
export interface PlantedStore {
  /** How long a light reconciliation takes that finds 100 changed orders, half of them news; in milliseconds. */
  reconcile(): Promise<number>
  /** How long it takes to read its parity, in milliseconds. */
  count(): Promise<number>
}

/** Plants a store; open until the part is over. */
export async function openPlantedStore(
  { databases, stage }: Pick<PartContext, 'databases' | 'stage'>,
  name: string,
  records: number,
): Promise<PlantedStore> {
  const databaseUrl = await databases.installed(name)
  let looks = 0
  const store = benchStore({ databaseUrl, store: STORE, exports: [], watchesHeap: false })
  const reader: typeof store = {
    ...store,
    // eslint-disable-next-line @typescript-eslint/require-await
    async *changes(resource) {
      if (resource === 'order') yield changesOf(looks++)
    },
  }
  const ports = await openPorts(databaseUrl, reader, systemClock)
  stage.atEnd(() => ports.close())
  const { sourceConnectionId } = await installStore(STORE, ports)
  await plantStore(databaseUrl, records, PLANTED_RECORDS)
  await tellOf(ports, sourceConnectionId)
  const signal = new AbortController().signal
  return {
    reconcile: () => timed(() => reconcileSource(sourceConnectionId, ports, signal)),
    async count() {
      const all = await timed(async () => {
        for (let n = 0; n < COUNTS; n += 1) await countRecords(ports.db, [sourceConnectionId])
      })
      return all / COUNTS
    },
  }
}

function changesOf(look: number): ChangedRecord[] {
  const updatedAt = toSortable(new Date(Date.now() - LONG_AGO_MS).toISOString())
  return Array.from({ length: CHANGED }, (_, n) => ({
    externalId: String(n < TOLD ? FIRST_PLANTED + n + 1 : FIRST_NEW + look * CHANGED + n),
    updatedAt,
  }))
}

/** As if webhooks had told just now of some of the planted records. */
async function tellOf({ db, clock }: RunPorts, sourceConnectionId: string): Promise<void> {
  const ids = Array.from({ length: TOLD }, (_, n) => String(FIRST_PLANTED + n + 1))
  await db.query(
    `UPDATE "SyncRecord" SET "desiredUpdatedAt" = $3
     WHERE "sourceConnectionId" = $1 AND "resource" = 'order' AND "externalId" = ANY($2)`,
    [sourceConnectionId, ids, toSortable(clock().toISOString())],
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
