import { v7 as uuidV7 } from 'uuid'
import { IncidentKind } from '../contracts/incident'
import { type ConnectionState } from '../contracts/states'
import { type Database, type Sql } from '../db.server'
import { type Done, type Turn } from '../jobs/schedule'
import { findWatched, type Watched, type WatchedIncident } from './find-watched'
import { type Judgement, judgeIncident, type Standing } from './judge-incident'
import { makeNotices } from './make-notices'

/** How many shops are looked at in one go. */
const PAGE = 100

/** Whether a connection in that state takes nothing though it should. One that is not set up, or that a person has disconnected, is nobody's trouble. */
const STANDINGS: Record<ConnectionState, Standing> = {
  connected: 'good',
  refused: 'bad',
  misdirected: 'bad',
  paused: 'bad',
  unreachable: 'bad',
  not_connected: 'unwatched',
}

/**
 * Looks at the shops that want to be told when something is wrong: opens, sees and closes their incidents, and makes the notices of what
 * is certain. Can be repeated and run twice at once: of each kind one incident is open at a time, and a notice is made by whoever
 * writes the change.
 */
export async function watchIncidents(db: Database, { now, signal }: Turn): Promise<Done> {
  let changed = 0
  let shops = await findWatched(db, null, PAGE)
  while (shops.length > 0 && !signal.aborted) {
    for (const shop of shops.filter((each) => hasNews(each, now)))
      changed += await db.transaction((tx) => watchShop(tx, shop, now))
    shops = await findWatched(db, shops.at(-1)!.shopId, PAGE)
  }
  return { changed }
}

/** Whether anything is to be written about a shop: of most there is not. */
function hasNews(shop: Watched, now: Date): boolean {
  return IncidentKind.options.some((kind) => judge(shop, kind, now).kind !== 'nothing')
}

function judge(shop: Watched, kind: IncidentKind, now: Date): Judgement {
  return judgeIncident(standingOf(shop, kind).standing, openOf(shop, kind), now)
}

function openOf({ open }: Watched, kind: IncidentKind): WatchedIncident | null {
  return open.find((each) => each.kind === kind) ?? null
}

async function watchShop(tx: Sql, shop: Watched, now: Date): Promise<number> {
  let changed = 0
  for (const kind of IncidentKind.options) changed += await watchKind(tx, shop, kind, now)
  return changed
}

async function watchKind(tx: Sql, shop: Watched, kind: IncidentKind, now: Date): Promise<number> {
  const open = openOf(shop, kind)
  const { cause, count } = standingOf(shop, kind)
  const judged = judge(shop, kind, now)
  switch (judged.kind) {
    case 'nothing':
      return 0
    case 'open':
      return openIncident(tx, [uuidV7(), shop.shopId, kind, cause, count, now])
    case 'see':
      await see(tx, open!.id, count, now)
      return judged.tells ? tell(tx, shop.shopId, open!.id, now) : 0
    case 'close':
      return close(tx, shop.shopId, open!.id, judged.tells, now)
  }
}

/** How a shop stands; `unwatched` also where nobody wants to hear of anything any more. */
function standingOf(
  { connectionState, isPaused, failed, failuresFrom }: Watched,
  kind: IncidentKind,
): { standing: Standing; cause: string | null; count: number | null } {
  const isWatched = failuresFrom !== null
  if (kind === 'connection') {
    const standing = connectionState === null || isPaused ? 'unwatched' : STANDINGS[connectionState]
    return { standing: isWatched ? standing : 'unwatched', cause: connectionState, count: null }
  }
  const standing = failed >= (failuresFrom ?? Infinity) ? 'bad' : 'good'
  return { standing: isWatched ? standing : 'unwatched', cause: null, count: failed }
}

async function openIncident(tx: Sql, values: unknown[]): Promise<number> {
  const opened = await tx.query(
    `INSERT INTO "Incident" ("id", "shopId", "kind", "cause", "count", "openedAt", "seenAt")
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT ("shopId", "kind") WHERE "closedAt" IS NULL DO NOTHING RETURNING 1`,
    values,
  )
  return opened.length
}

async function see(tx: Sql, id: string, count: number | null, now: Date): Promise<void> {
  await tx.query(`UPDATE "Incident" SET "seenAt" = $2, "count" = $3 WHERE "id" = $1 AND "closedAt" IS NULL`, [
    id,
    now,
    count,
  ])
}

async function tell(tx: Sql, shopId: string, id: string, now: Date): Promise<number> {
  const told = await tx.query(
    `UPDATE "Incident" SET "toldAt" = $2 WHERE "id" = $1 AND "toldAt" IS NULL AND "closedAt" IS NULL RETURNING 1`,
    [id, now],
  )
  if (told.length > 0) await makeNotices(tx, shopId, { incidentId: id, subject: 'begun' }, now)
  return told.length
}

async function close(tx: Sql, shopId: string, id: string, tells: boolean, now: Date): Promise<number> {
  const closed = await tx.query(
    `UPDATE "Incident" SET "closedAt" = $2 WHERE "id" = $1 AND "closedAt" IS NULL RETURNING 1`,
    [id, now],
  )
  if (closed.length > 0 && tells) await makeNotices(tx, shopId, { incidentId: id, subject: 'over' }, now)
  return closed.length
}
