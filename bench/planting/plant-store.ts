import type pg from 'pg'
import { STORE, withClient } from '../bench-database'
import { PLANTED, type PlantedTable } from './planted-rows'

/**
 * Fills the store with so many records that are in step, each with an event and an attempt, as a store that has long been synced
 * has them. The shop must have taken its first webhook. The tables' statistics are fresh afterwards, and everything is on disk.
 */
export async function plantStore(
  databaseUrl: string,
  records: number,
  tables: readonly PlantedTable[] = PLANTED,
  store = STORE,
): Promise<void> {
  await Promise.all(tables.map((planted) => plantTable(databaseUrl, planted, records, store)))
  await withClient(databaseUrl, async (client) => {
    // When all are written: beside a long INSERT, nothing counts yet as seen by everybody.
    for (const { table } of tables) await client.query(`VACUUM (ANALYZE) "${table}"`)
    await client.query('CHECKPOINT')
  })
}

async function plantTable(
  databaseUrl: string,
  { table, insert }: PlantedTable,
  records: number,
  store: string,
): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    // Foreign keys hold by construction; a million checks of them would only cost time. One sort in memory builds an index.
    await client.query(
      `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '256MB'`,
    )
    const definitions = await dropIndexes(client, table)
    await client.query(insert, [await sourceOf(client, store), records])
    for (const definition of definitions) await client.query(definition)
  })
}

/** How large the whole database is on disk, in GB. */
export async function gigabytesOf(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT pg_database_size(current_database()) AS bytes`,
    )
    return Number(rows[0]?.bytes) / 1e9
  })
}

async function sourceOf(client: pg.Client, store: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM "SourceConnection" WHERE platform = 'shopify' AND account = $1`,
    [store],
  )
  const [row] = rows
  if (!row) throw new Error('The store has not taken its first webhook.')
  return row.id
}

/** Drops the indexes of a table, but for its primary key; what would make them again. */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i WHERE i.indrelid = $1::regclass AND NOT i.indisprimary`,
    [`"${table}"`],
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  return rows.map(({ definition }) => definition)
}
