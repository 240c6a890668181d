import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { type EmbeddedPostgres, startPostgres } from '../dev/postgres'

export const STORE = 'parity-bench.myshopify.com'

const TEMPLATE = 'bench_template'

/** A PostgreSQL of the bench's own, as durable as it comes: fsync is on. */
export interface BenchDatabases {
  /** An empty database; its URL. */
  empty(name: string): Promise<string>
  /** A database set up for the app, with one installed shop, `STORE`; its URL. */
  installed(name: string): Promise<string>
  stop(): Promise<void>
}

export async function startDatabases(): Promise<BenchDatabases> {
  const postgres = await startPostgres()
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
    stop: () => postgres.stop(),
  }
}

async function makeTemplate(postgres: EmbeddedPostgres): Promise<void> {
  await postgres.createDatabase(TEMPLATE)
  const url = postgres.url(TEMPLATE)
  await promisify(execFile)('npm', ['run', '--silent', 'setup'], {
    env: { ...process.env, DATABASE_URL: url },
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client
    .query(
      `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope)
       VALUES ('offline_' || $1::text, $1, '', false, 'bench', 'read_orders')`,
      [STORE],
    )
    .finally(() => client.end())
}
