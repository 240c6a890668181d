import { type DeletionNews } from '../contracts/news'
import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { isFaultOfMember } from '../intake/commit-safely'
import { notifyDue } from '../jobs/due-signal.server'
import { again } from '../lib/again'
import { toError } from '../lib/errors'
import { applyNews } from '../records/apply-news'
import { takeRecords } from '../records/take-records'
import { readSource } from '../shops/read-source'
import { type Verdict } from './find-missing'
import { missedByWebhooks } from './missed-by-webhooks'
import { newsOf } from './news-of'
import { noteMissed } from './note-missed'
import { noteSightings } from './note-sightings'
import { promiseOf } from './promise-of'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'

/** What is done with what is gone: noted; or deleted, as of the snapshot. */
interface Manner {
  snapshot: string
  deletes: boolean
}

/**
 * Folds what a store said of records that a run has missed: those that are there are seen after all; those that are gone are noted, or
 * deleted when `deletes`. A record whose data is at fault is left alone, and does not fail its neighbours. Nothing happens when the run is
 * not under way any more.
 */
export async function foldVerdict(
  run: Run,
  resource: ReadableResource,
  verdict: Verdict,
  manner: Manner,
  ports: RunPorts,
): Promise<void> {
  try {
    await again(() => fold(run, resource, verdict, manner, ports))
  } catch (error) {
    const [externalId] = verdict.asked
    if (externalId === undefined || !isFaultOfMember(error)) throw error
    if (verdict.asked.length > 1) {
      for (const half of halvesOf(verdict)) await foldVerdict(run, resource, half, manner, ports)
      return
    }
    ports.logger.error({ err: toError(error), runId: run.id, resource, id: externalId }, 'run.record_failed')
    await noteSightings(ports.db, run.id, [{ resource, externalId }])
  }
}

function halvesOf({ asked, states, gone }: Verdict): Verdict[] {
  const middle = Math.ceil(asked.length / 2)
  return [asked.slice(0, middle), asked.slice(middle)].map((half) => {
    const ids = new Set(half)
    return {
      asked: half,
      states: states.filter(({ externalId }) => ids.has(externalId)),
      gone: gone.filter((id) => ids.has(id)),
    }
  })
}

async function fold(
  run: Run,
  resource: ReadableResource,
  { asked, states, gone }: Verdict,
  { snapshot, deletes }: Manner,
  { db, sealer, clock }: RunPorts,
): Promise<void> {
  const now = clock()
  const deletions = deletes ? gone.map((externalId) => absence(resource, externalId, snapshot)) : []
  await db.transaction(async (tx) => {
    const [isRunning, context] = await Promise.all([
      lockRunning(tx, run.id),
      readSource(tx, run.sourceConnectionId),
    ])
    if (!isRunning || !context) return
    const batch = newsOf([...states, ...deletions], context)
    const taken = await takeRecords(tx, batch)
    const { outcomes, dueShops } = await applyNews(tx, taken, batch, {
      sealer,
      by: run.kind,
      now,
      tellsOfChanges: false,
      promisedAt: promiseOf(run, now),
    })
    const changed = (kind: 'state' | 'deletion') =>
      batch.filter(({ news }, index) => news.kind === kind && outcomes[index] === 'changed').length

    const toSighted = (externalId: string) => ({ resource, externalId })
    tx.last(noteSightings(tx, run.id, asked.filter((id) => !gone.includes(id)).map(toSighted)))
    tx.last(noteSightings(tx, run.id, gone.map(toSighted), !deletes))
    tx.last(noteMissed(tx, run.id, missedByWebhooks(resource, batch, taken, outcomes)))
    tx.last(countFound(tx, run.id, { gone: changed('deletion'), changed: changed('state') }))
    tx.last(notifyDue(tx, dueShops))
  })
}

function absence(resource: ReadableResource, externalId: string, snapshot: string): DeletionNews {
  const version = { updatedAt: snapshot, triggeredAt: snapshot }
  return { kind: 'deletion', resource, externalId, version, deletedAt: null, isInferred: true }
}

async function lockRunning(tx: Sql, runId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM "SyncRun" WHERE "id" = $1 AND "state" = 'running' FOR NO KEY UPDATE`,
    [runId],
  )
  return rows.length > 0
}

async function countFound(tx: Sql, runId: string, found: { gone: number; changed: number }): Promise<void> {
  await tx.query(
    `UPDATE "SyncRun" SET "gone" = COALESCE("gone", 0) + $2, "changed" = "changed" + $3 WHERE "id" = $1`,
    [runId, found.gone, found.changed],
  )
}
