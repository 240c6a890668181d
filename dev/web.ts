import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { startPostgres } from './postgres'

/**
 * What `shopify app dev` runs: the app with Vite, on the port that the command line chose. Whatever `.env` does not name
 * is made for this run: a PostgreSQL of its own and a key to seal with.
 */
if (existsSync('.env')) process.loadEnvFile('.env')

const tunnel = process.env.HOST
if (!tunnel || !URL.canParse(tunnel)) {
  console.error('dev/web.ts is run by `shopify app dev`, which sets HOST to the URL of its tunnel.')
  process.exit(1)
}

const postgres = process.env.DATABASE_URL ? undefined : await startPostgres()
await postgres?.createDatabase('parity')

const env: NodeJS.ProcessEnv = {
  ...process.env,
  DATABASE_URL: process.env.DATABASE_URL ?? postgres?.url('parity'),
  // Kept keys are for kept data: with a database of one's own, .env must name one, and the start says so.
  ...(postgres && {
    PARITY_ENCRYPTION_KEY: process.env.PARITY_ENCRYPTION_KEY || randomBytes(32).toString('base64'),
  }),
  SHOPIFY_APP_URL: tunnel,
  HOST: '127.0.0.1',
}

// Kept to the end: a signal that comes while PostgreSQL stops must not end this process before it.
let running: ChildProcess | undefined
process.on('SIGTERM', (signal) => running?.kill(signal)).on('SIGINT', (signal) => running?.kill(signal))

const setup = await run(['--import', 'tsx', 'scripts/setup.ts'])
const code = setup === 0 ? await run(['server.mjs', '--development']) : setup
await postgres?.stop()
process.exit(code)

/** Runs Node to its end, and answers its exit code. */
function run(args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' })
  running = child
  return new Promise((resolve) => child.once('exit', (status) => resolve(status ?? 1)))
}
