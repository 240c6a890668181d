import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUILT = join(ROOT, 'build/server/index.js')
const LOCK = join(ROOT, 'node_modules/.cache/parity-build')
const STALE_LOCK_MS = 5 * 60_000

/** Builds the app, as `npm run build` does, unless the build is younger than everything that it is made from. */
export async function buildApp(): Promise<void> {
  await underLock(async () => {
    if (await isFresh()) return
    // A test run has an environment of its own name, with which React would be built for development.
    const env = { ...process.env, NODE_ENV: 'production' as const }
    await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: ROOT, env })
  })
}

async function isFresh(): Promise<boolean> {
  if (!existsSync(BUILT)) return false
  const built = (await stat(BUILT)).mtimeMs
  const sources = [
    ...(await filesOf(join(ROOT, 'app'))),
    join(ROOT, 'vite.config.ts'),
    join(ROOT, 'package.json'),
  ]
  const times = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs))
  return times.every((time) => time < built)
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Two runs in one checkout build one after the other: a folder is made by only one of them. */
async function underLock(work: () => Promise<void>): Promise<void> {
  await mkdir(dirname(LOCK), { recursive: true })
  while (!(await taken())) await pause(200)
  try {
    await work()
  } finally {
    await rm(LOCK, { recursive: true, force: true })
  }
}

async function taken(): Promise<boolean> {
  try {
    await mkdir(LOCK)
    return true
  } catch {
    const held = await stat(LOCK).catch(() => null)
    if (held && Date.now() - held.mtimeMs > STALE_LOCK_MS) await rm(LOCK, { recursive: true, force: true })
    return false
  }
}
