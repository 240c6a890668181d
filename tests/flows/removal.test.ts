import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type RunningApp } from '../../dev/run-app'
import { until } from '../../dev/until'
import { openQueue, type Queue } from '~/jobs/queue.server'
import { createLogger } from '~/logger.server'
import { type Resource } from '~/contracts/resource'
import { changeConnection } from '~/shops/change-connection'
import { startRemoval } from '~/shops/start-removal'
import { type Flow, startFlow } from '../support/flow'
import { postWebhook } from '../support/webhook'

const IDS = ['1', '2', '3']

/** What was sent can be removed, whatever happens meanwhile, and comes back. */
describe('what is not mirrored any more', () => {
  let flow: Flow
  let app: RunningApp
  let queue: Queue
  let shopId: string

  beforeAll(async () => {
    flow = await startFlow()
    app = flow.app
    queue = await openQueue({
      connectionString: flow.database.url,
      logger: createLogger('silent'),
      worker: false,
    })
    for (const id of IDS) await change(id, 'Cup', 1)
    await until('the SaaS has all of them', () => mirrored().length === 3)
    shopId = (await flow.database.db.prisma.shop.findFirstOrThrow()).id
  })
  afterAll(async () => {
    await queue.stop()
    await app.stop()
    await flow.stop()
  })

  const change = async (id: string, title: string, minute: number) => {
    const body = JSON.stringify({ id: Number(id), title, updated_at: `2026-05-01T10:0${minute}:00Z` })
    expect((await postWebhook(app, { topic: 'products/update', body })).status).toBe(200)
  }
  const mirrored = () => flow.saas.mirror({ resource: 'product' })
  const states = async () => {
    const rows = await flow.database.db.prisma.syncRecord.findMany({ orderBy: { externalId: 'asc' } })
    return rows.map(({ state }) => state)
  }
  const select = (resources: Resource[]) =>
    flow.database.db.transaction((tx) =>
      changeConnection(tx, shopId, { resources }, { queue, now: new Date() }),
    )
  const openRuns = () =>
    flow.database.db.prisma.syncRun.count({
      where: { kind: { in: ['removal', 're-evaluation'] }, endedAt: null },
    })

  it('is not sent, and stays where it is', async () => {
    await select(['order', 'customer'])
    await until('it is left out', async () => (await states()).join() === 'excluded,excluded,excluded')
    const calls = flow.saas.requests.length
    for (const id of IDS) await change(id, 'Mug', 2)
    await until('the news is known', async () => (await openRuns()) === 0)
    expect(flow.saas.requests).toHaveLength(calls)
    expect(mirrored()).toHaveLength(3)
  })

  it('is deleted at the SaaS once that is asked for, although the SaaS is away and the app is killed', async () => {
    flow.saas.misbehave({ kind: 'status', status: 503 })
    await flow.database.db.transaction((tx) =>
      startRemoval(tx, shopId, 'product', { queue, now: new Date() }),
    )
    await until('it is tried', async () => (await states()).join() === 'retrying,retrying,retrying')
    await app.kill()
    flow.saas.behave()
    app = await startApp({ databaseUrl: flow.database.url, env: app.env, port: Number(app.env.PORT) })

    await until('the SaaS has deleted all', () => mirrored().length === 0)
    await until('the run is over', async () => (await openRuns()) === 0)
    expect(flow.saas.mirror({ resource: 'product', withDeleted: true })).toHaveLength(3)
    expect(await states()).toEqual(['excluded', 'excluded', 'excluded'])
    const run = await flow.database.db.prisma.syncRun.findFirstOrThrow({ where: { kind: 'removal' } })
    expect(run).toMatchObject({ state: 'finished', total: 3, detail: 'The SaaS has deleted all of them.' })
  })

  it('is all back, as it is by now, when it is mirrored again', async () => {
    await select(['order', 'customer', 'product'])
    await until('the SaaS has all of them', () => mirrored().length === 3)
    expect(mirrored().map(({ data }) => data.name)).toEqual(['Mug', 'Mug', 'Mug'])
    await until('all are in step', async () => (await states()).join() === 'in_step,in_step,in_step')
  })
})
