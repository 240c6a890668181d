import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@prisma/client'
import pg from 'pg'
import { config } from './config.server'

/** How long a request waits for a connection before the database counts as gone; below the five seconds that Shopify waits. */
const CONNECTION_TIMEOUT_MS = 2_500
const STATEMENT_TIMEOUT_MS = 30_000

/** Statements, inside or outside a transaction. What pg-boss needs to enlist, too. */
export interface Sql {
  /**
   * Sends a statement. Inside a transaction it is sent at once, also while others are under way, and they run in the order in which
   * they were sent: what does not depend on each other's answers shares a round trip.
   */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
}

/** The statements of one transaction. */
export interface Transaction extends Sql {
  /**
   * Statements that were sent without waiting for their answers: they travel with the COMMIT, and the transaction fails when one of
   * them does. What they come from must have sent all of them by now.
   */
  last(answers: Promise<unknown>): void
}

/**
 * The database, spoken to in two ways over one pool: Prisma for what people read and configure, SQL for the sets that
 * intake and delivery write (see docs/decisions/007).
 */
export interface Database extends Sql {
  prisma: PrismaClient
  /**
   * Runs `work` in one transaction; commits when it resolves, rolls back when it throws.
   *
   * @param statementMs how long each of its statements may take; as long as any other statement unless given
   * @throws what `work` threw, or the first error among its last statements
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, statementMs?: number): Promise<T>
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
    pipeline: true,
  })
  // A connection that breaks fails the statement on it, and the pool replaces it. Without listeners it would also end the
  // process: an idle one through the pool, one that a transaction holds through the client itself.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })

  return {
    prisma,
    query: async (text, values) => (await pool.query(prepared(text, values))).rows as never,
    transaction: (work, statementMs) => inTransaction(pool, work, statementMs),
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

async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  statementMs = STATEMENT_TIMEOUT_MS,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const { tx, commit } = begin(client, statementMs)
    const result = await work(tx)
    await commit()
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Begins without waiting for it: BEGIN travels with the first statement, whose answer waits for both. */
function begin(client: pg.PoolClient, statementMs: number): { tx: Transaction; commit(): Promise<void> } {
  const last: Promise<unknown>[] = []
  const failures: unknown[] = []
  let isOver = false
  const limit = statementMs === STATEMENT_TIMEOUT_MS ? '' : `; SET LOCAL statement_timeout = ${statementMs}`
  const begun = heeded(client.query(`BEGIN${limit}`))

  return {
    tx: {
      async query(text, values) {
        if (isOver) throw new Error('This statement comes after the COMMIT.')
        const [{ rows }] = await Promise.all([client.query(prepared(text, values)), begun])
        return rows as never
      },
      last: (answers) => {
        last.push(answers)
        answers.catch((error: unknown) => failures.push(error))
      },
    },
    async commit() {
      isOver = true
      // What failed before it was even sent leaves a transaction that would commit the rest.
      if (failures.length > 0) throw failures[0]
      // After an error, COMMIT rolls back and is no error itself; the statement's is.
      await Promise.all([begun, ...last, client.query('COMMIT')])
    },
  }
}

/** A promise whose failure is heard later. */
function heeded<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

/** More texts than the code has; a text that is made for one call takes no name. */
const MOST_NAMES = 500
const names = new Map<string, string>()

/** A statement with a name, so that PostgreSQL parses it once for each connection. */
function prepared(text: string, values: unknown[] = []): pg.QueryConfig {
  if (values.length === 0) return { text }
  if (!names.has(text) && names.size < MOST_NAMES) names.set(text, `parity_${names.size}`)
  const name = names.get(text)
  return name === undefined ? { text, values } : { name, text, values }
}
