import { type Sql } from '../db.server'

/** PostgreSQL takes a table that it knows nothing of for at least ten pages of 8 KB: below that its plans are as good. */
const WORTH_KNOWING = 10 * 8_192

/**
 * Has PostgreSQL look at tables that have grown, and of which it has no statistics: those of a store that was just connected, or of a database
 * that was just restored. Until its own autovacuum comes by, in a minute or more, it would read all that is due for each claim.
 *
 * @returns how many tables
 */
export async function analyzeUnknown(db: Sql): Promise<number> {
  const tables = await db.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND pg_relation_size(c.oid) > $1
       AND NOT EXISTS (SELECT FROM pg_stats s WHERE s.schemaname = current_schema() AND s.tablename = c.relname)`,
    [WORTH_KNOWING],
  )
  for (const { name } of tables) await db.query(`ANALYZE ${name}`)
  return tables.length
}
