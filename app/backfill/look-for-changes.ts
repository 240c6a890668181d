import { partNames } from '../contracts/parts'
import { countTopics, type Missed, sumMissed } from '../contracts/missed'
import { type HintNews } from '../contracts/news'
import { type ReadableResource, type StoreReader } from '../contracts/store-reader'
import { announcingTopic } from '../sources/shopify/announcing-topic'
import { findMissed, type MissedChange } from './find-missed'
import { findSilence, type Silence } from './find-silence'
import { foldNewsOf } from './fold-news-of'
import { listChanges, type LookSpan, lookWindow, type LookWindow } from './list-changes'
import { isLeftToRun, leaveToRun } from './leave-to-run'
import { type RunPorts } from './run-ports'

/** How long a look at one resource may take. What has changed more than that is read in one go, by a run. */
const PATIENCE_MS = 5 * 60_000

/** What a look at the last changes of a resource came to. */
export interface Looked {
  resource: ReadableResource
  /** How many changed records it compared. */
  compared: number
  /** How many of them no webhook had told of. */
  missed: number
  /** The same by the topic of the webhook that did not come. */
  topics: Missed
  /** Set where the store has fallen silent on it. */
  silence: Silence | null
}

/**
 * Looks at what changed lately of a resource. What no webhook has told of is marked as changed, and the store is asked for it, as it is
 * after a hint. Nothing is done twice when it breaks off: the place from which the next look begins moves at the end. Where more has changed
 * than a look can go through, a run reads all of it, and moves that place when it has.
 *
 * @returns null when it was broken off
 * @throws ParityError as every question to a store
 */
export async function lookForChanges(
  source: { sourceConnectionId: string; downtime: LookSpan | undefined },
  resource: ReadableResource,
  reader: StoreReader,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<Looked | null> {
  const { sourceConnectionId, downtime } = source
  const now = ports.clock()
  const window = lookWindow(await readLookedUntil(ports, sourceConnectionId, resource), now, downtime)
  const look: Look = { sourceConnectionId, resource, window, now }
  const looked: Looked = { resource, compared: 0, missed: 0, topics: {}, silence: null }
  if (await isLeftToRun(ports.db, sourceConnectionId, resource, window.from)) {
    await noteLook(look, null, ports)
    return looked
  }
  const end = await lookThrough(look, looked, reader, ports, signal)
  if (end === 'broken_off') return null
  if (end === 'too_much') await leaveToRun(sourceConnectionId, resource, window.from, ports)
  await noteLook(look, end === 'too_much' ? null : window.until, ports)
  return looked
}

interface Look {
  sourceConnectionId: string
  resource: ReadableResource
  window: LookWindow
  /** When it began. */
  now: Date
}

/** Goes through what changed, the newest first. @param looked is added to */
async function lookThrough(
  { sourceConnectionId, resource, window, now }: Look,
  looked: Looked,
  reader: StoreReader,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<'done' | 'too_much' | 'broken_off'> {
  const { db, clock } = ports
  const isTooLong = () => clock().getTime() - now.getTime() > PATIENCE_MS
  let oldestMissed: string | null = null
  let isTooMuch = false
  for await (const changed of listChanges(reader, resource, window)) {
    isTooMuch = isTooLong()
    if (isTooMuch) break
    if (signal.aborted) return 'broken_off'
    const missed = await findMissed(db, sourceConnectionId, resource, changed)
    const told = { news: missed.map((one) => hintAbout(resource, one)), tellsOfChanges: true }
    if (missed.length > 0) await foldNewsOf(sourceConnectionId, told, ports, () => undefined)
    looked.compared += changed.length
    looked.missed += missed.length
    looked.topics = sumMissed([
      looked.topics,
      countTopics(missed.map(({ action }) => announcingTopic(resource, action))),
    ])
    oldestMissed = missed.at(-1)?.updatedAt ?? oldestMissed
  }
  if (oldestMissed !== null)
    looked.silence = await findSilence(db, sourceConnectionId, resource, new Date(oldestMissed), now)
  return isTooMuch ? 'too_much' : 'done'
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

/** @param lookedUntil up to when all was looked through; null when it was not, and the next look begins where this one did */
async function noteLook(
  { sourceConnectionId, resource, now }: Look,
  lookedUntil: string | null,
  { db }: RunPorts,
): Promise<void> {
  await db.query(
    `UPDATE "SourceReach" SET "lookedUntil" = GREATEST("lookedUntil", $3), "lookedAt" = $4, "updatedAt" = $4
     WHERE "sourceConnectionId" = $1 AND "resource" = $2`,
    [sourceConnectionId, resource, lookedUntil, now],
  )
}
