import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import pg from 'pg'
import { config } from './config.server'

/** How long a request waits for a connection before the database counts as gone; below the five seconds that Shopify waits. */
const CONNECTION_TIMEOUT_MS = 2_500
const STATEMENT_TIMEOUT_MS = 30_000

/** One statement at a time, inside or outside a transaction. What pg-boss needs to enlist, too. */
export interface Sql {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
}

/**
 * The database, spoken to in two ways over one pool: Prisma for what people read and configure, SQL for the sets that
 * intake and delivery write (see docs/decisions/007).
 */
export interface Database extends Sql {
  prisma: PrismaClient
  /** Runs `work` in one transaction; commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opens a pool; no connection is made before the first query. */
export function openDatabase(connectionString: string, options: { connections?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString,
    max: options.connections ?? 20,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'parity',
  })
  // A connection that breaks fails the statement on it, and the pool replaces it. Without listeners it would also end the
  // process: an idle one through the pool, one that a transaction holds through the client itself.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })

  return {
    prisma,
    query: async (text, values) => (await pool.query(text, values)).rows as never,
    transaction: (work) => inTransaction(pool, work),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

// Kept on globalThis, so that a development reload does not open a second pool.
const kept = globalThis as { parityDatabase?: Database }

/** The database of this process, opened at the first call. @throws ConfigError */
export function database(): Database {
  kept.parityDatabase ??= openDatabase(config().DATABASE_URL)
  return kept.parityDatabase
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work({
      query: async (text, values) => (await client.query(text, values)).rows as never,
    })
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}
