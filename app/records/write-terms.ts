import { type Sql } from '../db.server'

/** The words of one record, all of them. */
export interface RecordTerms {
  recordId: string
  sourceConnectionId: string
  terms: string[]
}

/** Writes which words records are found by, in place of those before, in one statement; none for no records. The caller has locked them. */
export async function writeTerms(sql: Sql, records: RecordTerms[]): Promise<void> {
  if (records.length === 0) return
  const rows = records.flatMap(({ terms, ...record }) => terms.map((term) => ({ ...record, term })))
  await sql.query(
    `WITH wanted AS MATERIALIZED (
       SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS w(record, source, term)
     ), gone AS (
       DELETE FROM "RecordTerm" t
       WHERE t."recordId" = ANY($1::uuid[]) AND t."sourceConnectionId" = ANY($2::uuid[])
         AND NOT EXISTS (SELECT FROM wanted w WHERE w.record = t."recordId" AND w.term = t."term")
     )
     INSERT INTO "RecordTerm" ("sourceConnectionId", "term", "recordId")
     SELECT source, term, record FROM wanted ORDER BY source, term, record ON CONFLICT DO NOTHING`,
    [
      records.map(({ recordId }) => recordId),
      [...new Set(records.map(({ sourceConnectionId }) => sourceConnectionId))],
      rows.map(({ recordId }) => recordId),
      rows.map(({ sourceConnectionId }) => sourceConnectionId),
      rows.map(({ term }) => term),
    ],
  )
}
