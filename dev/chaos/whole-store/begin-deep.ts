import { startBackfill } from '../../../app/shops/start-backfill'
import { until } from '../../until'
import { commandApp } from '../command-app'
import { runEnded, type RunRow, runsOf, sourceOf } from './runs'
import { type World } from './world'

/** A comparison of the whole store that has ended. */
interface Reconciled {
  run: RunRow
  /** What it asked a person, in words; null when it asked nothing. */
  asked: string | null
}

/** Has the whole store compared, as the nightly schedule does, and waits for the end of the run. A person confirms what it asks. */
export async function reconcileDeeply(world: World): Promise<Reconciled> {
  const { db, queue, patienceMs } = world
  const source = await sourceOf(world)
  const wish = {
    kind: 'deep-reconciliation' as const,
    resources: null,
    since: null,
    reason: 'It is done every day.',
    isByClock: true,
  }
  const id = await db.transaction((tx) => startBackfill(tx, source, wish, { queue, now: new Date() }))
  const what = 'the whole store is compared'
  const isThis = (run: RunRow) => run.id === id
  const askedOrEnded = async () =>
    (await runsOf(world)).find((run) => isThis(run) && (run.endedAt !== null || run.state === 'asking'))
  const first = await until(what, askedOrEnded, patienceMs)
  if (first.endedAt !== null) return { run: first, asked: null }
  world.say(`it asks: ${first.detail}`)
  await commandApp(world, [
    ['intent', 'confirm-run'],
    ['run', id],
  ])
  return { run: await runEnded(what, world, isThis), asked: first.detail }
}

/** Waits for the end of the comparison with the SaaS that began after `after`. */
export function digestEnded(world: World, after: Date): Promise<RunRow> {
  return runEnded(
    'the SaaS is compared',
    world,
    ({ kind, startedAt }) => kind === 'digest' && startedAt >= after,
  )
}
