import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './postgres'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const START_TIMEOUT_MS = 60_000
/** Longer than the app waits for requests and jobs in hand. */
const STOP_TIMEOUT_MS = 45_000

/** A production server in a process of its own, as `npm start` runs it. */
export interface RunningApp {
  /** Where it listens, without a slash at the end. */
  url: string
  /** The environment that it was given, for what a test must sign or read. */
  env: Record<string, string>
  /** What it has said so far, on both channels. */
  output(): string
  /** Whether the process is gone, for whatever reason. */
  hasEnded(): boolean
  /** SIGTERM, and the exit code once it has gone. A second call changes nothing. */
  stop(): Promise<number | null>
  /** SIGKILL: as a crash does. */
  kill(): Promise<void>
  /** SIGSTOP: as a machine does that stands still. `thaw` lets it go on. */
  freeze(): void
  thaw(): void
}

export interface AppOptions {
  databaseUrl: string
  role?: 'web' | 'worker' | 'all'
  /** The port to listen on; a free one by default. */
  port?: number
  /** Variables beside or instead of the defaults; undefined takes one away. */
  env?: Record<string, string | undefined>
  /** Arguments for Node before the program, such as `['--import', './preload.mjs']`. */
  nodeArguments?: string[]
}

/**
 * Starts `server.mjs` over the build and waits until /healthz answers.
 *
 * @throws Error with all that the server said when it ends before it is healthy, or takes longer than a minute.
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const env = environment(options, port, url)
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), 'server.mjs'], {
    cwd: ROOT,
    // A process group of its own: Ctrl-C is for the program that started it, which then stops it in order.
    detached: true,
    env: { NODE_ENV: 'production', ...inherited(), ...env },
  })
  const output = listen(child)
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const running = { url, env, output, ...endings(child, gone) }

  await healthy(url, child, output).catch(async (error: unknown) => {
    await running.kill()
    throw error
  })
  return running
}

function environment(options: AppOptions, port: number, url: string): Record<string, string> {
  const all: Record<string, string | undefined> = {
    DATABASE_URL: options.databaseUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
    PARITY_ROLE: options.role ?? 'all',
    PARITY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    SHOPIFY_API_KEY: 'parity-test-key',
    SHOPIFY_API_SECRET: 'parity-test-secret',
    SHOPIFY_APP_URL: url,
    SCOPES: 'read_customers,read_orders,read_products,read_fulfillments,read_inventory',
    LOG_LEVEL: 'info',
    ...options.env,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => !!entry[1]))
}

/** Of this process's environment, only what any program needs: a desk's own settings must not decide a test. */
function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, TEMP, SystemRoot } = process.env
  return { PATH, HOME, TMPDIR, TEMP, SystemRoot }
}

async function healthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `The app ended (${child.exitCode ?? child.signalCode}) before it was healthy:\n${output()}`,
      )
    }
    const answer = await fetch(`${url}/healthz`).catch(() => null)
    if (answer?.ok) return
    await pause(50)
  }
  throw new Error(`The app was not healthy after ${START_TIMEOUT_MS} ms:\n${output()}`)
}

function endings(
  child: ChildProcess,
  gone: Promise<number | null>,
): Pick<RunningApp, 'hasEnded' | 'stop' | 'kill' | 'freeze' | 'thaw'> {
  return {
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      const code = await gone
      clearTimeout(impatient)
      return code
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

function listen(child: ChildProcess): () => string {
  let text = ''
  const keep = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => text
}
