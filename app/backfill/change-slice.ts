import { type Selection } from '../contracts/store-reader'
import { type Database, type Sql } from '../db.server'
import { noteReadThrough } from './note-read-through'
import { type Slice } from './read-run'

/** A slice at the place from which it is to be moved on: who comes second changes nothing. */
type Place = Pick<Slice, 'id' | 'state' | 'exportId' | 'tries'>

const AT_PLACE = `"id" = $1 AND "state" = $2 AND "exportId" IS NOT DISTINCT FROM $3 AND "tries" = $4`
const placeOf = ({ id, state, exportId, tries }: Place) => [id, state, exportId, tries]

/** Puts a slice off. @returns whether it still was where it is to be moved from; likewise of the others here */
export function putOff(sql: Sql, slice: Place, until: Date): Promise<boolean> {
  return change(sql, `"dueAt" = $5`, slice, [until])
}

/** Has a slice go on from its cursor, later. */
export function goOnLater(
  sql: Sql,
  slice: Place,
  why: { code: string; words: string },
  until: Date,
): Promise<boolean> {
  return change(sql, `"code" = $5, "detail" = $6, "dueAt" = $7`, slice, [why.code, why.words, until])
}

/** Notes the export that was begun for a slice, and how much of the slice it covers. */
export function noteExport(
  sql: Sql,
  slice: Place,
  begun: { exportId: string; takenAt: string; selection: Selection; dueAt: Date },
): Promise<boolean> {
  const { exportId, takenAt, selection, dueAt } = begun
  return change(
    sql,
    `"state" = 'exporting', "exportId" = $5, "takenAt" = $6, "createdFrom" = $7, "dueAt" = $8, "code" = NULL, "detail" = NULL`,
    slice,
    [exportId, takenAt, selection.createdFrom, dueAt],
  )
}

/** Notes that an export is ready, and what the store says that it wrote. */
export function noteReady(
  sql: Sql,
  slice: Place,
  written: { records: number; objects: number },
  now: Date,
): Promise<boolean> {
  return change(sql, `"state" = 'reading', "records" = $5, "objects" = $6, "dueAt" = $7`, slice, [
    written.records,
    written.objects,
    now,
  ])
}

/** Has a slice begin anew with another export, later. What was stored of it stays. */
export function beginAnew(
  sql: Sql,
  slice: Place,
  why: { code: string; words: string },
  dueAt: Date,
): Promise<boolean> {
  return change(
    sql,
    `"state" = 'waiting', "exportId" = NULL, "takenAt" = NULL, "records" = NULL, "objects" = NULL, "readRecords" = 0, "readObjects" = 0,
     "faulty" = 0, "cursor" = 0, "tries" = "tries" + 1, "code" = $5, "detail" = $6, "dueAt" = $7`,
    slice,
    [why.code, why.words, dueAt],
  )
}

/**
 * Ends a slice. `words` say why it is not finished; null when it is. What its resource's slices have read, a look at the last changes need not
 * go through any more.
 */
export function endSlice(
  db: Database,
  slice: Place,
  end: { state: 'finished' | 'failed' | 'skipped'; code: string | null; words: string | null },
  now: Date,
): Promise<boolean> {
  const { state, code, words } = end
  const values = `"state" = $5, "code" = $6, "detail" = $7, "endedAt" = $8, "dueAt" = NULL`
  return db.transaction(async (tx) => {
    const isMoved = await change(tx, values, slice, [state, code, words, now])
    if (isMoved) await noteReadThrough(tx, slice.id)
    return isMoved
  })
}

async function change(sql: Sql, values: string, slice: Place, given: unknown[]): Promise<boolean> {
  const rows = await sql.query(`UPDATE "SyncSlice" SET ${values} WHERE ${AT_PLACE} RETURNING "id"`, [
    ...placeOf(slice),
    ...given,
  ])
  return rows.length > 0
}
