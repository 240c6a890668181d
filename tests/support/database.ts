import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase, type Database } from '~/db.server'

/** A database of a test's own, with every table and no row. */
export interface TestDatabase {
  url: string
  db: Database
  /** Makes the database unreachable, as an outage does: open connections end, and no new one is let in. */
  lock(): Promise<void>
  /** Ends the outage. */
  unlock(): Promise<void>
  /** Closes the connections and removes the database. */
  drop(): Promise<void>
}

/** Makes a database from the template in milliseconds. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(`CREATE DATABASE "${name}" TEMPLATE "${inject('templateDatabase')}"`)
  const url = inject('postgresUrl').replace('{database}', name)
  const db = openDatabase(url, { connections: 10 })

  return {
    url,
    db,
    async lock() {
      await administer(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`)
      await administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
    },
    unlock: () => administer(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`),
    async drop() {
      await db.close()
      await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    },
  }
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl').replace('{database}', 'postgres') })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
