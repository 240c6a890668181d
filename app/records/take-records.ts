import { type RecordNews } from '../contracts/news'
import { type RecordContext } from '../contracts/record-context'
import { type Sql } from '../db.server'
import { RECORD_COLUMNS, type RecordRow } from './record-row'

/** News of one record, in the context of its shop. */
export interface NewsOfRecord {
  recordId: string
  context: RecordContext
  externalId: string
  news: RecordNews
}

/** A record that is locked until the transaction ends. */
export interface TakenRecord {
  row: RecordRow
  context: RecordContext
  /** Whether its row was made just now, empty. */
  isNew: boolean
}

/**
 * Makes the rows that are missing, and locks all of them, both in the order of their ids, so that two batches cannot deadlock. The
 * statements are sent at once, one after the other.
 */
export async function takeRecords(tx: Sql, batch: NewsOfRecord[]): Promise<TakenRecord[]> {
  if (batch.length === 0) return []
  const byId = new Map(batch.map((item) => [item.recordId, item]))
  const ids = [...byId.keys()].sort()
  const sources = [...new Set(batch.map(({ context }) => context.sourceConnectionId))]
  const [made, rows] = await Promise.all([
    insertMissing(
      tx,
      ids.map((id) => byId.get(id)!),
    ),
    lockRows(tx, sources, ids),
  ])
  const isNew = new Set(made.map(({ id }) => id))
  return rows.map((row) => ({ row, context: byId.get(row.id)!.context, isNew: isNew.has(row.id) }))
}

/** Takes back rows that were made in this transaction, and for which there is no news after all. */
export async function giveBack(tx: Sql, taken: TakenRecord[]): Promise<void> {
  if (taken.length === 0) return
  await tx.query(
    `DELETE FROM "SyncRecord" WHERE "sourceConnectionId" = ANY($1::uuid[]) AND "id" = ANY($2::uuid[])`,
    [[...new Set(taken.map(({ row }) => row.sourceConnectionId))], taken.map(({ row }) => row.id)],
  )
}

function insertMissing(tx: Sql, batch: NewsOfRecord[]): Promise<{ id: string }[]> {
  return tx.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state")
     SELECT *, 'waiting' FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
     ON CONFLICT DO NOTHING RETURNING "id"`,
    [
      batch.map(({ recordId }) => recordId),
      batch.map(({ context }) => context.sourceConnectionId),
      batch.map(({ news }) => news.resource),
      batch.map(({ externalId }) => externalId),
    ],
  )
}

function lockRows(tx: Sql, sources: string[], ids: string[]): Promise<RecordRow[]> {
  return tx.query(
    `SELECT ${RECORD_COLUMNS} FROM "SyncRecord" r WHERE r."sourceConnectionId" = ANY($1::uuid[]) AND r."id" = ANY($2::uuid[])
     ORDER BY r."id" FOR NO KEY UPDATE`,
    [sources, ids],
  )
}
