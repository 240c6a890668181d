import { afterEach, describe, expect, it } from 'vitest'
import { startApp } from '../../dev/run-app'
import { SAAS_KEY, startFlow, type Flow } from '../support/flow'
import { until } from '../../dev/until'
import { postWebhook } from '../support/webhook'

describe('a process', () => {
  const stops: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })
  const start = async (...options: Parameters<typeof startFlow>): Promise<Flow> => {
    const flow = await startFlow(...options)
    stops.push(() => flow.stop())
    return flow
  }
  const collection = (id: number | bigint) => `{"id":${id},"title":"C","updated_at":"2026-05-01T10:00:00Z"}`

  it('does not start in a faulty environment, and names every fault at once without its value', async () => {
    const failed = startApp({
      databaseUrl: 'mysql://root:hunter2@localhost/parity',
      env: {
        SHOPIFY_API_SECRET: undefined,
        PARITY_ENCRYPTION_KEY: 'c2hvcnQ=',
        PARITY_ROLE: 'boss',
        SAAS_API_URL: 'ftp://x',
      },
    })
    const message = await failed.then(
      () => '',
      (error: Error) => error.message,
    )
    expect(message).toMatch(/ended \(1\)/)
    for (const name of [
      'DATABASE_URL',
      'SHOPIFY_API_SECRET',
      'PARITY_ENCRYPTION_KEY',
      'PARITY_ROLE',
      'SAAS_API_URL',
    ]) {
      expect(message).toContain(name)
    }
    expect(message).not.toMatch(/hunter2|c2hvcnQ/)
  })

  it('that an older Node was asked for runs under the Node of the packages, so that long ids keep their digits', async () => {
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })
      console.log('relayed:', process.argv.includes('--relayed'))`
    const preload = `data:text/javascript,${encodeURIComponent(older)}`
    const { app, saas } = await start({ nodeArguments: ['--import', preload] })
    await postWebhook(app, { topic: 'collections/create', body: collection(9820982911946154508n) })
    await until('it is delivered', () => saas.mirror().length === 1)
    expect(saas.mirror()).toMatchObject([{ data: { external_id: '9820982911946154508' } }])
    expect(app.output()).toMatch(/relayed: false[^]*relayed: true/)

    await app.kill()
    await until('nobody listens any more', () =>
      fetch(app.url).then(
        () => false,
        () => true,
      ),
    )
  })

  it('tells its health and its numbers', async () => {
    const { app } = await start()
    await postWebhook(app, { topic: 'collections/create', body: collection(1) })
    expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ ok: true, reasons: [] })
    const metrics = await (await fetch(`${app.url}/metrics`)).text()
    expect(metrics).toContain('parity_webhooks_total{status="200"} 1')
    expect(metrics).toContain('parity_events_total{outcome="changed"} 1')
  })

  it('takes webhooks as "web" and leaves the work to a "worker", which serves nothing but its health', async () => {
    const { app, database, saas } = await start({ role: 'web' })
    expect((await postWebhook(app, { topic: 'collections/create', body: collection(2) })).status).toBe(200)
    const [waiting] = await database.db.query(`SELECT "state" FROM "SyncRecord"`)
    expect(waiting).toEqual({ state: 'waiting' })

    const { PARITY_ENCRYPTION_KEY } = app.env
    const worker = await startApp({
      databaseUrl: database.url,
      role: 'worker',
      env: { SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY, PARITY_ENCRYPTION_KEY },
    })
    stops.push(() => worker.stop())
    await until('the worker has delivered', () => saas.mirror().length === 1)
    expect((await fetch(`${worker.url}/metrics`)).status).toBe(200)
    expect((await postWebhook(worker, { topic: 'collections/create', body: collection(3) })).status).toBe(404)
  })

  it('that serves again after nobody did for a while says so in a run of each store, and has all of that time looked through', async () => {
    const { app, database, saas } = await start({ role: 'web' })
    await postWebhook(app, { topic: 'collections/create', body: collection(6) })
    const { PARITY_ENCRYPTION_KEY } = app.env
    expect(await app.stop()).toBe(0)
    expect(await database.db.query(`SELECT "part" FROM "Pulse"`)).toEqual([{ part: 'serving' }])
    await database.db.query(`UPDATE "Pulse" SET "beatAt" = now() - interval '15 minutes'`)
    await database.db.query(
      `INSERT INTO "SourceReach" ("sourceConnectionId", "resource", "reach", "lookedAt", "updatedAt")
       SELECT "id", 'category', 'all', now(), now() FROM "SourceConnection"`,
    )

    const next = await startApp({
      databaseUrl: database.url,
      role: 'web',
      env: { SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY, PARITY_ENCRYPTION_KEY },
    })
    stops.push(() => next.stop())
    const runs = await database.db.query<{ detail: string }>(
      `SELECT "detail" FROM "SyncRun" WHERE "kind" = 'reconciliation'`,
    )
    expect(runs.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(
        /^Parity was not reachable from .+ UTC to .+ UTC\. What changed in the store meanwhile is looked for\.$/,
      ),
    ])
    const [job] = await database.db.query<{ key: string }>(
      `SELECT "singleton_key" AS "key" FROM pgboss.job WHERE "name" = 'reconcile'`,
    )
    expect(job?.key).toContain('/')
  })

  it('finishes the call in hand before it ends', async () => {
    const { app, database, saas } = await start()
    saas.setLatency(1_000)
    await postWebhook(app, { topic: 'collections/create', body: collection(4) })
    await until('the call is under way', () => saas.requests.length === 1)
    expect(await app.stop()).toBe(0)
    const rows = await database.db.query(
      `SELECT r."state", a."outcome" FROM "SyncRecord" r JOIN "SyncAttempt" a ON a."recordId" = r."id"`,
    )
    expect(rows).toEqual([{ state: 'in_step', outcome: 'delivered' }])
  })

  it('gives a record back when it is killed in the middle of a call', async () => {
    const { app, database, saas } = await start()
    saas.misbehave({ kind: 'hang', times: 1 })
    await postWebhook(app, { topic: 'collections/create', body: collection(5) })
    await until('the call is under way', () => saas.requests.length === 1)
    await app.kill()
    // A lease of 25 seconds that has run out.
    await database.db.query(`UPDATE "SyncRecord" SET "dueAt" = now()`)

    const { PARITY_ENCRYPTION_KEY } = app.env
    const next = await startApp({
      databaseUrl: database.url,
      env: { SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY, PARITY_ENCRYPTION_KEY },
    })
    stops.push(() => next.stop())
    await until('it was delivered after all', () => saas.mirror().length === 1)
    const attempts = await until('both attempts are settled', async () => {
      const all = await database.db.query<{ outcome: string }>(
        `SELECT "outcome" FROM "SyncAttempt" ORDER BY "startedAt"`,
      )
      return all.every(({ outcome }) => outcome !== 'in_flight') && all
    })
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['abandoned', 'delivered'])
  })

  it('is not connected with an address and no key: records are held and say why', async () => {
    const { app, database } = await start({ env: { SAAS_API_KEY: undefined } })
    await postWebhook(app, { topic: 'collections/create', body: collection(6) })
    const held = await until('it is held', async () => {
      const [row] = await database.db.query<{ state: string; reason: string }>(
        `SELECT "state", "reason" FROM "SyncRecord"`,
      )
      return row?.state === 'held' && row
    })
    expect(held.reason).toMatch(/key/)
  })

  it('is its own SaaS when the environment names none', async () => {
    const { app, database } = await start({ env: { SAAS_API_URL: undefined, SAAS_API_KEY: undefined } })
    await postWebhook(app, { topic: 'collections/create', body: collection(7) })
    await until(
      'the mirror has it',
      async () =>
        (await database.db.query(`SELECT 1 FROM "MirrorCategory" WHERE "externalId" = '7'`)).length === 1,
    )
  })
})
