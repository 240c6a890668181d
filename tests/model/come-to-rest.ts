import { alignConnection } from '~/delivery/align-connection'
import { createLaneSignal } from '~/delivery/lane-signal'
import { runLane } from '~/delivery/run-lane'
import { createDoorbell } from '~/lib/doorbell'
import { ANSWERS } from './answers'
import { faultsOfCounts } from './counts'
import { type RowImage } from './journal'
import { type Held } from './shelf'
import { ALL, type Worker } from './worker'
import { type World } from './world'

/** Time goes on by the sweep's period at least. */
const SWEEP_MS = 10_000
/** More rounds than any schedule needs: the longest is the breaker's, of five minutes. */
const ROUNDS = 60
/** A lane that has nothing to do lets go at once. */
const MOMENT_MS = 5

/** What becomes of the workers at the end of a run: they die, or finish what they have in hand. */
export type End = 'death' | 'finish'

/**
 * Ends a run: the SaaS is well, nobody pauses it, every record is brought to the present generation, and time goes on until nothing is
 * due any more. Calls whose callers are gone are acted on last, when everything newer has long been taken.
 *
 * @throws Error naming what did not end as the model says
 */
export async function comeToRest(world: World, end: End): Promise<void> {
  const { stages, shopId, saas, workers, store, rows, connection } = world
  if (end === 'finish') for (const worker of workers) await finish(world, worker)
  workers.forEach((_, place) => world.crash(place))
  saas.getWell()
  await connection.pause(false)
  await connection.reEvaluate()
  await world.check(null)

  const claims = new Set<string>()
  for (let round = 0; nextDue(world) !== null; round++) {
    if (round === ROUNDS) throw new Error(`It does not come to rest: ${JSON.stringify([...rows.values()])}`)
    await alignConnection(stages.db, shopId, world.clock())
    if (await world.isDue()) await deliver(world)
    else world.tick(Math.max(SWEEP_MS, nextDue(world)! - world.clock().getTime()))
    await world.check({ claims })
  }
  await connection.reEvaluate()
  if (await connection.hasOpenRemoval()) throw new Error('A removal does not end.')
  while (saas.late.length > 0) saas.takeLate(0)
  await world.check(null)
  const faults = store.records().flatMap((record) => faultsOfEnd(world, record, rows.get(record)!))
  faults.push(...(await faultsOfAttempts(world)), ...(await faultsOfCounts(stages.db, shopId)))
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** Lets a worker go on until every call in its hands has been taken, and settled. */
async function finish({ saas, check }: World, worker: Worker): Promise<void> {
  while (worker.isBusy()) {
    await worker.go(ALL, 0)
    for (const call of saas.pending.filter(({ worker: name }) => name === worker.name))
      saas.answer(call, ANSWERS.takes)
    await worker.hear()
    await check(worker)
  }
}

/** When the next record is due, in milliseconds since 1970; null when nothing is to be done. */
function nextDue({ rows }: World): number | null {
  const times = [...rows.values()].flatMap(({ dueAt }) => (dueAt === null ? [] : [Date.parse(dueAt)]))
  return times.length === 0 ? null : Math.min(...times)
}

async function deliver({ laneOptions, shopId }: World): Promise<void> {
  const bell = createDoorbell()
  const signal = createLaneSignal({
    bell: { ring: bell.ring, wait: (ms) => bell.wait(Math.min(ms, MOMENT_MS)) },
  })
  await runLane(shopId, signal, { ...laneOptions, environmentKey: () => 'the last worker' })
}

/** Each record is in step with the store, or in another state for a reason that the model knows. */
function faultsOfEnd({ store, saas, connection, dismissed }: World, record: string, row: RowImage): string[] {
  const desired = store.desired(record)
  const isLeftOut = desired.some(store.isLeftOut) || dismissed.has(record)
  // A person may dismiss the removal itself, when the SaaS has refused it.
  if (connection.isRemoving && row.state === 'excluded' && !dismissed.has(record))
    return faultsOfRemoval(saas.holds(connection.tenant, record))
  if (row.state === 'dead' && saas.hasRefused(row, connection.hasChangedPolicy)) return []
  if (row.state === 'excluded' && isLeftOut) return []
  if (row.state === 'waiting' && desired.length === 0) return []

  const held = saas.holds(connection.tenant, record)
  const isTaken = row.state === 'in_step' || row.state === 'deleted'
  const isEqual = desired.some((says) => JSON.stringify(says) === JSON.stringify(held?.says))
  if (isTaken && isEqual && held?.hash === row.desiredHash) return []
  const wanted = desired.map((says) => JSON.stringify(says)).join(' or ')
  return [`Record ${record} ended ${row.state}, wanted as ${wanted}, held as ${JSON.stringify(held)}.`]
}

/** What is removed is gone from the SaaS, also where the store has it. */
function faultsOfRemoval(held: Held | undefined): string[] {
  const isGone = held === undefined || held.says === 'gone'
  return isGone ? [] : [`It was to be removed, and the SaaS holds ${JSON.stringify(held)}.`]
}

async function faultsOfAttempts({ stages, shopId }: World): Promise<string[]> {
  const open = await stages.db.query<{ id: string }>(
    `SELECT a."id" FROM "SyncAttempt" a JOIN "SourceConnection" o ON o."id" = a."sourceConnectionId"
     WHERE o."shopId" = $1 AND a."outcome" = 'in_flight'`,
    [shopId],
  )
  return open.map(({ id }) => `Attempt ${id} is said to be under way, and nothing is.`)
}
