import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The oldest Node that the server runs on. Node 20 tells a reviver of JSON nothing of the source text, so that ids above 2^53 would
 * silently lose digits; several libraries want 22 as well.
 */
const LEAST = 22
/** Marks a server that an older Node has started in its own place. */
const RELAYED = '--relayed'

const isRelayed = process.argv.includes(RELAYED)

/** Whether this Node is too old to serve. */
export const isTooOld = !isRelayed && Number.parseInt(process.versions.node, 10) < LEAST

/**
 * Runs the same command line under the Node that comes with the npm packages: same environment, same output; signals are passed on, and
 * its exit code is ours. When this process is killed, so is the other.
 *
 * @throws Error when the packages brought none
 */
export function runUnderNewerNode() {
  const node = join(import.meta.dirname, '../node_modules/.bin/node')
  if (!existsSync(node)) {
    throw new Error(`Parity needs Node ${LEAST} or later, and this is ${process.versions.node}.`)
  }
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1), RELAYED], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
}

/** A relayed server does not outlive the process that stands for it. */
if (isRelayed) {
  process.once('disconnect', () => process.exit(1))
  process.channel?.unref()
}
