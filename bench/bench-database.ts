import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { type EmbeddedPostgres, startPostgres } from '../dev/postgres'
import { CURRENCY } from './load/product'

export const STORE = 'parity-bench.myshopify.com'
/** Another shop, with a SaaS connection of its own. */
export const NEIGHBOUR = 'parity-bench-neighbour.myshopify.com'

const TEMPLATE = 'bench_template'

/** A PostgreSQL of the bench's own, as durable as it comes: fsync is on. */
export interface BenchDatabases {
  /** An empty database; its URL. */
  empty(name: string): Promise<string>
  /** A database set up for the app, with two installed shops, `STORE` and `NEIGHBOUR`; its URL. */
  installed(name: string): Promise<string>
  /** Tells what the server writes to its log, until what comes back is called. */
  hear(listener: (text: string) => void): () => void
  stop(): Promise<void>
}

export async function startDatabases(): Promise<BenchDatabases> {
  const listeners = new Set<(text: string) => void>()
  const hear = (text: string) => listeners.forEach((listener) => listener(text))
  const postgres = await startPostgres({ hear })
  await makeTemplate(postgres).catch(async (error: unknown) => {
    await postgres.stop()
    throw error
  })
  const create = async (name: string, template?: string) => {
    await postgres.createDatabase(name, template)
    return postgres.url(name)
  }
  return {
    empty: (name) => create(name),
    installed: (name) => create(name, TEMPLATE),
    hear(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => postgres.stop(),
  }
}

/** Runs `work` with a connection of its own, so that it may set what it likes. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

async function makeTemplate(postgres: EmbeddedPostgres): Promise<void> {
  await postgres.createDatabase(TEMPLATE)
  const url = postgres.url(TEMPLATE)
  await promisify(execFile)('npm', ['run', '--silent', 'setup'], {
    env: { ...process.env, DATABASE_URL: url },
  })
  await withClient(url, async (client) => {
    await client.query(
      `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope)
       SELECT 'offline_' || store, store, '', false, 'bench', 'read_orders' FROM unnest($1::text[]) store`,
      [[STORE, NEIGHBOUR]],
    )
    // As after a first load: nobody needs to be asked for the name and the currency.
    await client.query(
      `INSERT INTO "Shop" (id, domain, name, currency, "updatedAt")
       SELECT gen_random_uuid(), store, 'Bench', $2, now() FROM unnest($1::text[]) store`,
      [[STORE, NEIGHBOUR], CURRENCY],
    )
  })
}
