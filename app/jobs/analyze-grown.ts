import { type Sql } from '../db.server'

/** How many times as large as when PostgreSQL looked at it last, of at least ten pages of 8 KB, which it believes of what it never saw. */
const MANIFOLD = 4
const PAGE_BYTES = 8_192
const LEAST_PAGES = 10

/**
 * Has PostgreSQL look at tables that have grown manifold since it looked at them last: those of a store that is being read, or of a database
 * that was just restored. Until its own autovacuum comes by, in a minute or more, it would for instance read all that is due for each claim.
 * The smallest go first; one that somebody else looks at is left to them.
 *
 * @returns how many tables
 */
export async function analyzeGrown(db: Sql): Promise<number> {
  const tables = await db.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind = 'r' AND pg_relation_size(c.oid) > $1::bigint * greatest(c.relpages, $2::int)
     ORDER BY pg_relation_size(c.oid)`,
    [MANIFOLD * PAGE_BYTES, LEAST_PAGES],
  )
  for (const { name } of tables) await db.query(`ANALYZE (SKIP_LOCKED) ${name}`)
  return tables.length
}
