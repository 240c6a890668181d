import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { createLogger } from '~/logger.server'
import { JOB_NAMES, JOBS } from './catalog'
import { type JobHandlers, openQueue, type Queue } from './queue.server'

let database: TestDatabase
const opened: Queue[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.stop()))
  await database.db.query(`DELETE FROM pgboss.job`)
})
afterAll(() => database.drop())

async function open(worker = true): Promise<Queue> {
  const queue = await openQueue({ connectionString: database.url, logger: createLogger('silent'), worker })
  opened.push(queue)
  return queue
}

/** Handlers that do nothing, but for this one. */
const handlers = (describeShop: JobHandlers['describeShop']): JobHandlers => {
  const idle = Object.fromEntries(JOB_NAMES.map((name) => [name, () => Promise.resolve()]))
  return { ...(idle as unknown as JobHandlers), describeShop }
}
const send = (queue: Queue, ids: string[]) =>
  database.db.transaction((tx) =>
    queue.send(
      'describeShop',
      ids.map((shopId) => ({ shopId })),
      tx,
    ),
  )
const jobs = (state: string) =>
  database.db.query<{ key: string }>(`SELECT "singleton_key" AS "key" FROM pgboss.job WHERE "state" = $1`, [
    state,
  ])

describe('the queue', () => {
  it('has a job when, and only when, its transaction commits', async () => {
    const queue = await open(false)
    const [kept, lost] = [randomUUID(), randomUUID()]
    await send(queue, [kept])
    await database.db
      .transaction(async (tx) => {
        await queue.send('describeShop', [{ shopId: lost }], tx)
        throw new Error('rolled back')
      })
      .catch(() => undefined)
    expect(await jobs('created')).toEqual([{ key: kept }])
  })

  it('keeps one waiting job of a key', async () => {
    const queue = await open(false)
    const id = randomUUID()
    await Promise.all([send(queue, [id]), send(queue, [id]), send(queue, [id, id])])
    expect(await jobs('created')).toEqual([{ key: id }])
  })

  it('does not deadlock when many transactions send the same jobs in other orders', async () => {
    const queue = await open(false)
    const ids = Array.from({ length: 40 }, () => randomUUID())
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => send(queue, index % 2 ? ids : [...ids].reverse())),
    )
    expect(await jobs('created')).toHaveLength(40)
  })

  it('works all jobs, no more at once than the catalog says, and goes on after a failure, which is tried again later', async () => {
    const queue = await open()
    const ids = Array.from({ length: 60 }, () => randomUUID())
    const worked: string[] = []
    let running = 0
    let most = 0
    await queue.work(
      handlers(async ({ shopId }) => {
        most = Math.max(most, ++running)
        await pause(2)
        running--
        worked.push(shopId)
        if (shopId === ids[3]) throw new Error('this one fails')
      }),
    )
    await send(queue, ids)
    await vi.waitUntil(() => worked.length >= ids.length, { timeout: 20_000 })
    expect(worked.sort()).toEqual(ids.sort())
    expect(most).toBeLessThanOrEqual(JOBS.describeShop.concurrency)
    await vi.waitUntil(async () => (await jobs('retry')).length === 1, { timeout: 20_000 })
  })

  it('rests when the jobs in hand are done, and leaves the others waiting', async () => {
    const queue = await open()
    let finish = () => {}
    const finished = new Promise<void>((resolve) => (finish = resolve))
    const begun: string[] = []
    await queue.work(
      handlers(async ({ shopId }) => {
        begun.push(shopId)
        await finished
      }),
    )
    await send(
      queue,
      Array.from({ length: 20 }, () => randomUUID()),
    )
    await vi.waitUntil(() => begun.length > 0, { timeout: 20_000 })
    let isResting = false
    const rested = queue.rest().then(() => (isResting = true))
    await pause(50)
    expect(isResting).toBe(false)
    finish()
    await rested
    expect(await jobs('completed')).toHaveLength(begun.length)
    expect(await jobs('created')).toHaveLength(20 - begun.length)
  })

  it('tells the jobs in hand to end when it rests', async () => {
    const queue = await open()
    const told: unknown[] = []
    await queue.work(
      handlers(async (_payload, signal) => {
        told.push(signal.aborted)
        await new Promise((end) => signal.addEventListener('abort', end))
        told.push(signal.aborted)
      }),
    )
    await send(queue, [randomUUID()])
    await vi.waitUntil(() => told.length === 1, { timeout: 20_000 })
    await queue.rest()
    expect(told).toEqual([false, true])
  })

  it('goes on when the database has been away', async () => {
    const queue = await open()
    const worked: string[] = []
    await queue.work(handlers(({ shopId }) => Promise.resolve(void worked.push(shopId))))
    await database.lock()
    await pause(300)
    await database.unlock()
    const id = randomUUID()
    await send(queue, [id])
    await vi.waitUntil(() => worked.includes(id), { timeout: 20_000 })
  })

  it('can be stopped twice', async () => {
    const queue = await open()
    await Promise.all([queue.stop(), queue.stop()])
  })
})
