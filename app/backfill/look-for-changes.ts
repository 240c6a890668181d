import { partNames } from '../contracts/parts'
import { type HintNews } from '../contracts/news'
import { type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { findMissed, type MissedChange } from './find-missed'
import { findSilence, type Silence } from './find-silence'
import { foldNewsOf } from './fold-news-of'
import { listChanges, lookWindow } from './list-changes'
import { type RunPorts } from './run-ports'

/** What a look at the last changes of a resource came to. */
export interface Looked {
  resource: ReadableResource
  /** How many changed records it compared. */
  compared: number
  /** How many of them no webhook had told of. */
  missed: number
  /** Set where the store has fallen silent on it. */
  silence: Silence | null
}

/**
 * Looks at what changed lately of a resource. What no webhook has told of is marked as changed, and the store is asked for it, as it is
 * after a hint. Nothing is done twice when it breaks off: the place from which the next look begins moves at the end.
 *
 * @returns null when it was broken off
 * @throws ParityError as every question to a store
 */
export async function lookForChanges(
  source: { sourceConnectionId: string },
  resource: ReadableResource,
  reader: StoreReader,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<Looked | null> {
  const { sourceConnectionId } = source
  const { db, clock } = ports
  const now = clock()
  const window = lookWindow(await readLookedUntil(ports, sourceConnectionId, resource), now)
  const looked: Looked = { resource, compared: 0, missed: 0, silence: null }
  let oldestMissed: string | null = null
  for await (const changed of listChanges(reader, resource, window)) {
    if (signal.aborted) return null
    const missed = await findMissed(db, sourceConnectionId, resource, changed)
    const told = { news: missed.map((one) => hintAbout(resource, one)), tellsOfChanges: true }
    if (missed.length > 0) await foldNewsOf(sourceConnectionId, told, ports, () => undefined)
    looked.compared += changed.length
    looked.missed += missed.length
    oldestMissed = missed.at(-1)?.updatedAt ?? oldestMissed
  }
  if (oldestMissed !== null)
    looked.silence = await findSilence(db, sourceConnectionId, resource, new Date(oldestMissed), now)
  await noteLook(ports, sourceConnectionId, resource, window.until, now)
  return looked
}

/** All of it may have changed then; by the store's clock, as all times of a record are. */
function hintAbout(resource: ReadableResource, { externalId, updatedAt, hintedAt }: MissedChange): HintNews {
  return { kind: 'hint', resource, externalId, parts: partNames(resource), hintedAt, changedAt: updatedAt }
}

async function readLookedUntil(
  { db }: RunPorts,
  sourceConnectionId: string,
  resource: ReadableResource,
): Promise<string | null> {
  const [row] = await db.query<{ lookedUntil: string | null }>(
    `SELECT "lookedUntil" FROM "SourceReach" WHERE "sourceConnectionId" = $1 AND "resource" = $2`,
    [sourceConnectionId, resource],
  )
  return row?.lookedUntil ?? null
}

async function noteLook(
  { db }: RunPorts,
  sourceConnectionId: string,
  resource: ReadableResource,
  lookedUntil: string,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE "SourceReach" SET "lookedUntil" = GREATEST("lookedUntil", $3), "lookedAt" = $4, "updatedAt" = $4
     WHERE "sourceConnectionId" = $1 AND "resource" = $2`,
    [sourceConnectionId, resource, lookedUntil, now],
  )
}
