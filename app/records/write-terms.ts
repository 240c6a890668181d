import { type Sql } from '../db.server'

/** The words of one record, all of them. */
export interface RecordTerms {
  recordId: string
  sourceConnectionId: string
  terms: string[]
  /** Whether it has had none before. */
  isFirst: boolean
}

/**
 * Writes which words records are found by, in place of those before. The caller has locked them. Those of records that have had some are looked
 * for; what is new costs no such search.
 */
export async function writeTerms(sql: Sql, records: RecordTerms[]): Promise<void> {
  const called = records.filter(({ terms }) => terms.length > 0)
  await Promise.all([
    forgetOthers(
      sql,
      records.filter(({ isFirst }) => !isFirst),
    ),
    insert(sql, called),
  ])
}

/** Removes the words of records that are not among those that they have now. */
async function forgetOthers(sql: Sql, records: RecordTerms[]): Promise<void> {
  if (records.length === 0) return
  const { recordIds, terms } = columnsOf(records)
  await sql.query(
    `WITH wanted AS MATERIALIZED (
       SELECT * FROM unnest($3::uuid[], $4::text[]) AS w(record, term)
     )
     DELETE FROM "RecordTerm" t
     WHERE t."recordId" = ANY($1::uuid[]) AND t."sourceConnectionId" = ANY($2::uuid[])
       AND NOT EXISTS (SELECT FROM wanted w WHERE w.record = t."recordId" AND w.term = t."term")`,
    [
      records.map(({ recordId }) => recordId),
      [...new Set(records.map(({ sourceConnectionId }) => sourceConnectionId))],
      recordIds,
      terms,
    ],
  )
}

async function insert(sql: Sql, records: RecordTerms[]): Promise<void> {
  if (records.length === 0) return
  const { recordIds, sources, terms } = columnsOf(records)
  await sql.query(
    `INSERT INTO "RecordTerm" ("sourceConnectionId", "term", "recordId")
     SELECT source, term, record FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS w(source, term, record)
     ORDER BY source, term, record ON CONFLICT DO NOTHING`,
    [sources, terms, recordIds],
  )
}

/** A row for each word. */
function columnsOf(records: RecordTerms[]): { recordIds: string[]; sources: string[]; terms: string[] } {
  return {
    recordIds: records.flatMap(({ recordId, terms }) => terms.map(() => recordId)),
    sources: records.flatMap(({ sourceConnectionId, terms }) => terms.map(() => sourceConnectionId)),
    terms: records.flatMap(({ terms }) => terms),
  }
}
