import { type ExportedRecord } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { isFaultOfMember, whyNotStored } from '../intake/commit-safely'
import { notifyDue } from '../jobs/due-signal.server'
import { again } from '../lib/again'
import { toError } from '../lib/errors'
import { applyNews } from '../records/apply-news'
import { type NewsOfRecord, takeRecords } from '../records/take-records'
import { readSource } from '../shops/read-source'
import { missedByWebhooks } from './missed-by-webhooks'
import { newsOf, toldByRow } from './news-of'
import { noteMissed } from './note-missed'
import { noteSightings, type Sighted } from './note-sightings'
import { promiseOf } from './promise-of'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'
import { sumRun } from './sum-run'

/** How far a slice has been read. */
export type Progress = Pick<Slice, 'readRecords' | 'readObjects' | 'faulty' | 'cursor'>

interface Reading {
  slice: Slice
  /** What its row says now. */
  at: Progress
}

/**
 * Folds a page of an export into its records and moves the cursor, all or nothing. A record whose data is at fault is counted, and does not
 * fail its neighbours.
 *
 * @returns how far the slice has been read now; null when the run is not to be gone on with, or somebody else has gone on
 */
export async function commitPage(
  run: Run,
  { slice, at }: Reading,
  page: ExportedRecord[],
  ports: RunPorts,
): Promise<Progress | null> {
  try {
    return await again(() => commit(run, { slice, at }, page, ports))
  } catch (error) {
    const [only] = page
    if (!only || !isFaultOfMember(error)) throw error
    if (page.length > 1) return commitHalves(run, { slice, at }, page, ports)
    if (only.news === null) throw error
    const about = { err: toError(error), runId: run.id, resource: slice.resource, id: only.news.externalId }
    ports.logger.error(about, 'run.record_failed')
    const unread = [{ ...only, news: null, fault: whyNotStored(error) }]
    return again(() => commit(run, { slice, at }, unread, ports))
  }
}

async function commitHalves(
  run: Run,
  { slice, at }: Reading,
  page: ExportedRecord[],
  ports: RunPorts,
): Promise<Progress | null> {
  const middle = Math.ceil(page.length / 2)
  const between = await commitPage(run, { slice, at }, page.slice(0, middle), ports)
  return between && commitPage(run, { slice, at: between }, page.slice(middle), ports)
}

/** In the order of intake: who decides, then the records by their ids, then the counts. */
function commit(
  run: Run,
  { slice, at }: Reading,
  page: ExportedRecord[],
  { db, sealer, clock }: RunPorts,
): Promise<Progress | null> {
  const now = clock()
  return db.transaction(async (tx) => {
    const [place, context] = await Promise.all([
      lockPlace(tx, run, slice, at),
      readSource(tx, run.sourceConnectionId),
    ])
    if (!place || !context) return null

    const batch = newsOf(
      page.flatMap(({ news }) => toldByRow(news)),
      context,
    )
    const taken = await takeRecords(tx, batch)
    const options = { sealer, by: run.kind, now, tellsOfChanges: false, promisedAt: promiseOf(run, now) }
    const { outcomes, dueShops } = await applyNews(tx, taken, batch, options)
    const next = after(at, page)
    if (run.kind === 'deep-reconciliation') {
      tx.last(noteSightings(tx, run.id, sightedIn(batch)))
      if (place.isFollowed)
        tx.last(noteMissed(tx, run.id, missedByWebhooks(slice.resource, batch, taken, outcomes)))
    }
    tx.last(advance(tx, slice, next, outcomes.filter((outcome) => outcome === 'changed').length, now))
    tx.last(sumRun(tx, run.id))
    tx.last(notifyDue(tx, dueShops))
    return next
  })
}

function sightedIn(batch: NewsOfRecord[]): Sighted[] {
  return batch.map(({ news, externalId }) => ({ resource: news.resource, externalId }))
}

/**
 * Locks run and slice, if they are where this page goes on from; null when they are not. Of a resource that was never looked
 * at lately, as it is read for the first time, no webhook was missed.
 */
async function lockPlace(
  tx: Sql,
  run: Run,
  slice: Slice,
  at: Progress,
): Promise<{ isFollowed: boolean } | null> {
  const [row] = await tx.query<{ isFollowed: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM "SourceReach" e WHERE e."sourceConnectionId" = l."sourceConnectionId" AND e."resource" = l."resource"
                    AND e."lookedAt" IS NOT NULL) AS "isFollowed" FROM "SyncRun" r JOIN "SyncSlice" l ON l."runId" = r."id"
     WHERE r."id" = $1 AND r."state" = 'running' AND l."id" = $2 AND l."state" = 'reading' AND l."exportId" = $3 AND l."cursor" = $4
     FOR NO KEY UPDATE OF r, l`,
    [run.id, slice.id, slice.exportId, at.cursor],
  )
  return row ?? null
}

function after(at: Progress, page: ExportedRecord[]): Progress {
  const objects = page.reduce((sum, row) => sum + row.objects, 0)
  return {
    readRecords: at.readRecords + page.length,
    readObjects: String(BigInt(at.readObjects) + BigInt(objects)),
    faulty: at.faulty + page.filter(({ news, fault }) => news === null || fault !== null).length,
    cursor: String(page.at(-1)?.end ?? at.cursor),
  }
}

async function advance(tx: Sql, { id }: Slice, next: Progress, changed: number, now: Date): Promise<void> {
  await tx.query(
    `UPDATE "SyncSlice" SET "readRecords" = $2, "readObjects" = $3, "faulty" = $4, "cursor" = $5, "changed" = "changed" + $6,
       "code" = NULL, "detail" = NULL, "startedAt" = COALESCE("startedAt", $7) WHERE "id" = $1`,
    [id, next.readRecords, next.readObjects, next.faulty, next.cursor, changed, now],
  )
}
