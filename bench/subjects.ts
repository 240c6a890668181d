import { z } from 'zod'
import { type RunningApp, startApp } from '../dev/run-app'
import { STORE } from './bench-database'
import { type Plan } from './load/plan'
import { startProgram } from './load/start-program'

/** Something that takes webhooks. */
export interface Subject {
  name: string
  url: string
  secret: string
  stop(): Promise<unknown>
}

const SECRET = 'the-secret-of-the-bench'
const Listening = z.object({ port: z.number() })

/** The production build, acknowledging only. */
export async function startParity(
  name: string,
  databaseUrl: string,
  start: (options: Parameters<typeof startApp>[0]) => Promise<RunningApp> = startApp,
): Promise<Subject> {
  const env = { SHOPIFY_API_SECRET: SECRET, LOG_LEVEL: 'warn' }
  const app = await start({ databaseUrl, role: 'web', env })
  return { name, url: app.url, secret: SECRET, stop: () => app.stop() }
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
export function planFor(subject: Pick<Subject, 'url' | 'secret'>, seconds: number, pace: Plan['pace']): Plan {
  const firstOrder = ordersSent
  ordersSent += pace.kind === 'closed' ? pace.atMost : Math.ceil(pace.perSecond * seconds)
  return { url: subject.url, secret: subject.secret, store: STORE, firstOrder, seconds, pace }
}
