import { v7 as uuidV7 } from 'uuid'
import { type Missed, sumMissed } from '../contracts/missed'
import { type ReadableResource, READING_ORDER } from '../contracts/store-reader'
import { readSource } from '../shops/read-source'
import { type LookSpan } from './list-changes'
import { lookForChanges, type Looked } from './look-for-changes'
import { refreshReach } from './refresh-reach'
import { type RunPorts } from './run-ports'
import { wordsOfMissed, wordsOfSilence } from './run-words'

/**
 * The light reconciliation: what changed lately in a store is compared with what is held, and what no webhook has told of is asked for. It
 * costs as much as there were changes. Where it found something it leaves a run that says so; otherwise only the time of the look.
 *
 * @param downtime a time of which all is to be looked through, because nobody was there
 * @returns what it looked at, by resource; nothing of a source that is gone
 * @throws ParityError as every question to a store
 */
export async function reconcileSource(
  sourceConnectionId: string,
  ports: RunPorts,
  signal: AbortSignal,
  downtime?: LookSpan,
): Promise<Looked[]> {
  const { db, readers, clock } = ports
  const startedAt = clock()
  const context = await readSource(db, sourceConnectionId)
  if (!context) return []
  const reader = readers(context.store)
  const reaches = await refreshReach(ports, sourceConnectionId, reader, startedAt)
  const all: Looked[] = []
  for (const resource of await inOrderOfLooks(ports, sourceConnectionId)) {
    if (!context.resources.includes(resource) || reaches[resource].reach.kind === 'none') continue
    const looked = await lookForChanges({ sourceConnectionId, downtime }, resource, reader, ports, signal)
    if (!looked) break
    all.push(looked)
  }
  await leaveRun(sourceConnectionId, all, startedAt, ports)
  return all
}

/** Those first that have not been looked at for the longest time: a look that is broken off does not always leave the same ones out. */
async function inOrderOfLooks({ db }: RunPorts, sourceConnectionId: string): Promise<ReadableResource[]> {
  const rows = await db.query<{ resource: ReadableResource }>(
    `SELECT "resource" FROM "SourceReach" WHERE "sourceConnectionId" = $1
     ORDER BY "lookedAt" NULLS FIRST, array_position($2::text[], "resource")`,
    [sourceConnectionId, READING_ORDER],
  )
  return rows.map(({ resource }) => resource)
}

async function leaveRun(
  sourceConnectionId: string,
  all: Looked[],
  startedAt: Date,
  { db, clock }: RunPorts,
): Promise<void> {
  const compared = all.reduce((sum, looked) => sum + looked.compared, 0)
  const missed = all.reduce((sum, looked) => sum + looked.missed, 0)
  if (missed === 0) return
  const topics = sumMissed(all.map((looked) => looked.topics))
  await db.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "done", "total", "changed", "missed", "detail", "startedAt", "endedAt")
     VALUES ($1, $2, 'reconciliation', 'finished', $3, $3, $4, $5, $6, $7, $8)`,
    [uuidV7(), sourceConnectionId, compared, missed, topics, wordsOf(all, topics), startedAt, clock()],
  )
}

function wordsOf(all: Looked[], topics: Missed): string {
  const compared = all.reduce((sum, looked) => sum + looked.compared, 0)
  const silences = all.flatMap(({ silence }) => (silence ? [wordsOfSilence(silence)] : []))
  const looked = `Compared ${compared.toLocaleString('en')} records that had changed lately.`
  return [looked, wordsOfMissed(topics), 'The store is asked for them.', ...silences].join(' ')
}
