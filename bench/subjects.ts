import { z } from 'zod'
import { type RunningApp, startApp } from '../dev/run-app'
import { STORE } from './bench-database'
import { type Plan } from './load/plan'
import { startProgram } from './load/start-program'
import { type Stage } from './stage'

/** Something that takes webhooks. */
export interface Subject {
  name: string
  url: string
  secret: string
  stop(): Promise<unknown>
}

const SECRET = 'the-secret-of-the-bench'
const Listening = z.object({ port: z.number() })

/** The same for all processes of a database: what one seals, another must open. */
export const BENCH_KEY = Buffer.alloc(32, 'bench')
const ENVIRONMENT = {
  SHOPIFY_API_SECRET: SECRET,
  PARITY_ENCRYPTION_KEY: BENCH_KEY.toString('base64'),
  LOG_LEVEL: 'warn',
}

/** The production build, acknowledging only. */
export async function startParity(
  name: string,
  databaseUrl: string,
  start: (options: Parameters<typeof startApp>[0]) => Promise<RunningApp> = startApp,
  env: Record<string, string> = {},
): Promise<Subject> {
  const app = await start({ databaseUrl, role: 'web', env: { ...ENVIRONMENT, ...env } })
  return { name, url: app.url, secret: SECRET, stop: () => app.stop() }
}

/** The production build in some role, until the part is over. What it said is shown when the part fails. */
export async function startRole(
  stage: Pick<Stage, 'atEnd'>,
  role: 'web' | 'worker' | 'all',
  databaseUrl: string,
  env: Record<string, string>,
): Promise<Subject> {
  const app = await startApp({ databaseUrl, role, env: { ...ENVIRONMENT, ...env } })
  stage.atEnd(async (failed) => {
    await app.stop()
    if (failed)
      console.error(`The ${role} of ${new URL(databaseUrl).pathname} said:\n${app.output().slice(-3000)}`)
  })
  return { name: role, url: app.url, secret: SECRET, stop: () => app.stop() }
}

/** A Remix action that only verifies with the SDK. */
export const startRemixVerify = () => startLimit('remix', 'limits/remix-verify.ts', {})

/** A bare node:http server with one INSERT a request. */
export const startBareInsert = (databaseUrl: string) =>
  startLimit('bare', 'limits/bare-insert.ts', { DATABASE_URL: databaseUrl })

async function startLimit(name: string, path: string, env: Record<string, string>): Promise<Subject> {
  const program = startProgram(path, { SECRET, ...env })
  const { port } = Listening.parse(await program.message())
  return { name, url: `http://127.0.0.1:${port}`, secret: SECRET, stop: () => program.stop() }
}

let ordersSent = 0

/** A plan for a subject, with orders that nobody has seen yet. */
export function planFor(
  subject: Pick<Subject, 'url' | 'secret'>,
  seconds: number,
  pace: Plan['pace'],
  store = STORE,
): Plan {
  const news = { kind: 'orders' as const, first: ordersSent }
  ordersSent += pace.kind === 'closed' ? pace.atMost : Math.ceil(pace.perSecond * seconds)
  return { url: subject.url, secret: subject.secret, store, news, seconds, pace }
}
