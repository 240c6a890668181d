import process from 'node:process'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { defineConfig } from 'prisma/config'

// Prisma would fetch engine binaries that this project does not use (engineType "client", a WASM schema engine).
// Naming any existing executable keeps its command line from looking for them. See docs/decisions/002.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= process.execPath
process.env.CHECKPOINT_DISABLE ??= '1'

const NAME = 19
const TEXT = 25
const CHAR = 18
const BPCHAR = 1042

interface Answer {
  fields?: { name: string; dataTypeID: number }[]
  rows?: unknown[][]
}

// What the schema engine reads of the catalog, and the 6.19 adapter or engine does not know: the types "name" and "char", and
// constraints of the type "n" (NOT NULL, listed since PostgreSQL 18). It is taught on the prototype, because the engine makes a
// pool of its own for the shadow database.
const query = pg.Pool.prototype.query as (...args: unknown[]) => Promise<Answer | undefined>
pg.Pool.prototype.query = async function (this: pg.Pool, ...args: unknown[]) {
  const answer = await query.apply(this, args)
  for (const field of answer?.fields ?? []) {
    if (field.dataTypeID === NAME) field.dataTypeID = TEXT
    else if (field.dataTypeID === CHAR) field.dataTypeID = BPCHAR
  }
  const constraintType = answer?.fields?.findIndex(({ name }) => name === 'constraint_type') ?? -1
  if (answer?.rows && constraintType >= 0)
    answer.rows = answer.rows.filter((row) => row[constraintType] !== 'n')
  return answer
} as typeof pg.Pool.prototype.query

const LOCK_TIMEOUT_MS = 10_000

// The schema engine races its advisory lock against a timer that it never clears, and the pool keeps an idle connection as
// long: every command would stay for ten seconds after its work is done. Neither keeps the process alive any more.
const startTimer = globalThis.setTimeout
globalThis.setTimeout = ((work: () => void, ms?: number, ...rest: []) => {
  const timer = startTimer(work, ms, ...rest)
  return ms === LOCK_TIMEOUT_MS ? timer.unref() : timer
}) as typeof globalThis.setTimeout

/** An adapter, as far as scripts go. */
interface Scripted {
  client: pg.Pool
  onError(error: unknown): never
  executeScript(script: string): Promise<void>
}

// The adapter cuts a migration at every semicolon, those of function bodies too, and sends the pieces one by one. Sent as one it is a
// transaction: it is done, or nothing of it is. See docs/decisions/016.
async function adapter(): Promise<PrismaPg> {
  const factory = new PrismaPg({ connectionString: process.env.DATABASE_URL ?? '', allowExitOnIdle: true })
  const connection = await factory.connect()
  const prototype = Object.getPrototypeOf(connection) as Scripted
  prototype.executeScript = async function (this: Scripted, script: string) {
    await this.client.query(script).catch((error: unknown) => this.onError(error))
  }
  await connection.dispose()
  return factory
}

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  experimental: { adapter: true },
  engine: 'js',
  adapter,
})
