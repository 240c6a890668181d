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

/** A record that is locked until the transaction ends; or one that is not there yet, and nothing is known of. */
export interface TakenRecord {
  row: RecordRow
  context: RecordContext
  /** Whether it is not there yet. */
  isNew: boolean
}

/** Locks the records that are there, in the order of their ids, so that two batches cannot deadlock. Those that are not are made by `insertRecords`. */
export async function takeRecords(tx: Sql, batch: NewsOfRecord[]): Promise<TakenRecord[]> {
  if (batch.length === 0) return []
  const byId = new Map(batch.map((item) => [item.recordId, item]))
  const ids = [...byId.keys()].sort()
  const sources = [...new Set(batch.map(({ context }) => context.sourceConnectionId))]
  const rows = new Map((await lockRows(tx, sources, ids)).map((row) => [row.id, row]))
  return ids.map((id) => {
    const item = byId.get(id)!
    const row = rows.get(id)
    return { row: row ?? unknownRow(item), context: item.context, isNew: row === undefined }
  })
}

/** One after the other, by its key: of a table that was never analyzed PostgreSQL believes that to read all of a source's index is cheaper. */
function lockRows(tx: Sql, sources: string[], ids: string[]): Promise<RecordRow[]> {
  return tx.query(
    `SELECT ${RECORD_COLUMNS} FROM unnest($2::uuid[]) AS named(id) CROSS JOIN LATERAL (
       SELECT * FROM "SyncRecord" s WHERE s."id" = named.id AND s."sourceConnectionId" = ANY($1::uuid[]) FOR NO KEY UPDATE
     ) AS r`,
    [sources, ids],
  )
}

/** A record of which nothing is known. */
function unknownRow({ recordId, context, externalId, news }: NewsOfRecord): RecordRow {
  return {
    id: recordId,
    sourceConnectionId: context.sourceConnectionId,
    resource: news.resource,
    externalId,
    state: 'waiting',
    reason: null,
    known: null,
    desiredUpdatedAt: '',
    desiredTriggeredAt: '',
    desiredAction: null,
    desiredHash: null,
    revision: '0',
    placedGeneration: null,
    deliveredHash: null,
    deliveredBodyHash: null,
    deliveredGeneration: null,
    attempts: 0,
    dueAt: null,
    waitingSince: null,
    changedAt: null,
    dismissedHash: null,
  }
}
