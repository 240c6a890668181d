// As the server does: its memory is measured.
import '../../scripts/young-objects.mjs'
import { workRun } from '../../app/backfill/work-run'
import { type RunPorts } from '../../app/backfill/run-ports'
import { watchOwnMemory } from '../measures/watch-own-memory'
import { benchStore } from './bench-store'
import { installStore } from './install-store'
import { openPorts } from './open-ports'
import { ReadingPlan, type ReadingResult, recordsOf } from './reading-plan'

/** How far the run's clock goes on when it rests: the bench waits for nothing but the reading. */
const REST_MS = 60_000

/**
 * Reads stores in the way of a worker: the app's run engine, with Shopify's reader, into an empty database. A plan comes from its parent; the result
 * goes back; then comes the next one.
 */
process.on('message', (message) => {
  readStore(ReadingPlan.parse(message)).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.once('SIGTERM', () => process.exit(0))

async function readStore(plan: ReadingPlan): Promise<ReadingResult> {
  let passed = 0
  const clock = () => new Date(Date.now() + passed)
  const ports = await openPorts(plan.databaseUrl, benchStore(plan), clock)
  const { runId } = await installStore(plan.store, ports)
  const memory = watchOwnMemory(plan.watchesHeap)
  const startedAt = performance.now()
  while (!(await hasEnded(ports, runId, recordsOf(plan)))) {
    await workRun(runId, ports, new AbortController().signal)
    passed += REST_MS
  }
  const seconds = (performance.now() - startedAt) / 1000
  const held = memory.stop()
  await ports.close()
  return { records: recordsOf(plan), seconds, ...held }
}

/** @throws Error when the run ended otherwise than well, or with another number of records */
async function hasEnded({ db }: RunPorts, runId: string, records: number): Promise<boolean> {
  const [run] = await db.query<{ state: string; done: number; detail: string }>(
    `SELECT "state", "done", "detail" FROM "SyncRun" WHERE "id" = $1`,
    [runId],
  )
  if (run?.state === 'waiting' || run?.state === 'running') return false
  if (run?.state !== 'finished' || run.done !== records)
    throw new Error(`The run is ${run?.state}: ${run?.done} of ${records} records. ${run?.detail}`)
  return true
}
