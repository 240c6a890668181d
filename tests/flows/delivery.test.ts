import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Envelope } from '../../app/contracts/shared-schema'
import { SAAS_KEY, startFlow, type Flow } from '../support/flow'
import { shopifyFixture } from '../support/shopify-fixture'
import { until } from '../../dev/until'
import { postWebhook, STORE } from '../support/webhook'

interface Row {
  state: string
  attempts: number
  lastError: string | null
  lastErrorCode: string | null
  reason: string | null
}

describe('from a webhook to the SaaS', () => {
  let flow: Flow
  beforeAll(async () => {
    flow = await startFlow()
  })
  afterAll(() => flow.stop())
  afterEach(() => flow.saas.behave())

  const post = async (
    topic: string,
    body: string | Buffer,
    options: Parameters<typeof postWebhook>[1] = {},
  ) => {
    const answer = await postWebhook(flow.app, { topic, body, ...options })
    expect(answer.status).toBe(200)
  }
  const requestsFor = (externalId: string) =>
    flow.saas.requests.filter(({ records }) => records.some((key) => key.endsWith(`|${externalId}`)))
  const row = async (externalId: string) => {
    const [found] = await flow.database.db.query<Row & { [column: string]: unknown }>(
      `SELECT "state", "attempts", "lastError", "lastErrorCode", "reason" FROM "SyncRecord" WHERE "externalId" = $1`,
      [externalId],
    )
    return found
  }
  const reaches = (externalId: string, state: string) =>
    until(`record ${externalId} is ${state}`, async () => {
      const found = await row(externalId)
      return found?.state === state && found
    })
  const outcomes = (externalId: string) =>
    flow.database.db.query<{ outcome: string }>(
      `SELECT "outcome" FROM "WebhookEvent" WHERE "externalId" = $1 ORDER BY "id"`,
      [externalId],
    )

  it.each([
    ['product', 'products', { title: 'Lamp' }, { title: 'Lamp, brass' }, 'name'],
    ['category', 'collections', { title: 'Lights' }, { title: 'Lights and more' }, 'name'],
    [
      'customer',
      'customers',
      { first_name: 'Ada', last_name: null },
      { first_name: 'Ada', last_name: 'Byron' },
      'display_name',
    ],
    ['order', 'orders', { name: '#1', currency: 'USD' }, { name: '#1-B', currency: 'USD' }, 'number'],
  ])('mirrors a %s that is created, updated and deleted', async (resource, noun, first, second, field) => {
    const id = `8${noun.length}2098291194615450`
    const at = (minute: number) => `2026-05-01T10:0${minute}:00-04:00`
    const body = (fields: object, minute: number) =>
      JSON.stringify({ updated_at: at(minute), ...fields }).replace('{', `{"id":${id},`)

    await post(`${noun}/create`, body(first, 1), { triggeredAt: '2026-05-01T14:01:00.5Z' })
    await reaches(id, 'in_step')
    await post(noun === 'orders' ? 'orders/updated' : `${noun}/update`, body(second, 2), {
      triggeredAt: '2026-05-01T14:02:00.5Z',
    })
    await until('the update has arrived', () => requestsFor(id).length === 2)
    await reaches(id, 'in_step')
    await post(`${noun}/delete`, `{"id":${id}}`, { triggeredAt: '2026-05-01T14:03:00.5Z' })
    await reaches(id, 'deleted')

    const sent = requestsFor(id).map(({ body: envelope }) => Envelope.parse(envelope))
    expect(sent.map(({ action }) => action)).toEqual(['created', 'updated', 'deleted'])
    expect(sent.map(({ data }) => (data as Record<string, unknown>)[field])).toEqual([
      ...[first, second].map((fields) =>
        'first_name' in fields ? Object.values(fields).join(' ').trim() : Object.values(fields)[0],
      ),
      undefined,
    ])
    expect(sent[0]).toMatchObject({
      resource,
      data: { source: 'shopify', store: STORE, external_id: id, version: '2026-05-01T14:01:00Z' },
    })
    expect(sent[2]?.data).toMatchObject({ deleted_at: '2026-05-01T14:03:00.5Z' })
    const revisions = sent.map(({ data }) => data.revision)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
  })

  it('says who it is and which send it is, in headers', async () => {
    await post('collections/create', '{"id":4001,"title":"Headers","updated_at":"2026-05-01T10:00:00Z"}')
    await reaches('4001', 'in_step')
    const [request] = requestsFor('4001')
    const [record] = await flow.database.db.query<{ id: string; revision: string }>(
      `SELECT "id", "revision" FROM "SyncRecord" WHERE "externalId" = '4001'`,
    )
    expect(request?.path).toBe('/api/sync/webhook')
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${SAAS_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': `${record?.id}:${record?.revision}`,
    })
    expect(request?.headers['user-agent']).toMatch(/^Parity\//)
    expect(request?.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  })

  it('changes nothing at a redelivery', async () => {
    const body = '{"id":4002,"title":"Once","updated_at":"2026-05-01T10:00:00Z"}'
    await post('collections/create', body, { deliveryId: 'again' })
    await reaches('4002', 'in_step')
    await post('collections/create', body, { deliveryId: 'again' })
    await post('collections/create', body, { deliveryId: 'another delivery of the same' })
    await until('both are noted', async () => (await outcomes('4002')).length === 2)
    expect((await outcomes('4002')).map(({ outcome }) => outcome)).toEqual(['changed', 'unchanged'])
    expect(requestsFor('4002')).toHaveLength(1)
  })

  it('drops news that is older than what it holds', async () => {
    const body = (title: string, minute: number) =>
      `{"id":4003,"title":"${title}","updated_at":"2026-05-01T10:0${minute}:00Z"}`
    await post('collections/update', body('new', 5))
    await reaches('4003', 'in_step')
    await post('collections/create', body('old', 1))
    expect((await outcomes('4003')).map(({ outcome }) => outcome)).toEqual(['changed', 'outdated'])
    expect(requestsFor('4003')).toHaveLength(1)
  })

  it('sends a deletion also for a record that it never sent', async () => {
    await post('products/delete', '{"id":4004}')
    await reaches('4004', 'deleted')
    expect(requestsFor('4004')).toHaveLength(1)
  })

  it('waits with the reason while the SaaS cannot be reached, and catches up when it returns', async () => {
    flow.saas.misbehave({ kind: 'status', status: 503, externalId: '4005' })
    await post('collections/create', '{"id":4005,"title":"Patience","updated_at":"2026-05-01T10:00:00Z"}')
    const waiting = await reaches('4005', 'retrying')
    expect(waiting).toMatchObject({ attempts: 1, lastErrorCode: 'STATUS_503' })
    expect(waiting.lastError).toMatch(/SaaS/)

    flow.saas.behave()
    await flow.database.db.query(`UPDATE "SyncRecord" SET "dueAt" = now() WHERE "externalId" = '4005'`)
    expect(await reaches('4005', 'in_step')).toMatchObject({ attempts: 0, lastError: null })
    const keys = requestsFor('4005').map(({ headers }) => headers['idempotency-key'])
    expect(keys.length).toBeGreaterThan(1)
    expect(new Set(keys).size).toBe(1)
  })

  it('makes a dead letter of what the SaaS refuses, and revives it by newer content', async () => {
    flow.saas.misbehave({
      kind: 'status',
      status: 422,
      code: 'NAME_TAKEN',
      message: 'That name is taken',
      externalId: '4006',
      times: 1,
    })
    await post('collections/create', '{"id":4006,"title":"Taken","updated_at":"2026-05-01T10:00:00Z"}')
    const dead = await reaches('4006', 'dead')
    expect(dead).toMatchObject({ lastErrorCode: 'NAME_TAKEN' })
    expect(dead.lastError).toContain('That name is taken')
    await post('collections/update', '{"id":4006,"title":"Free","updated_at":"2026-05-01T10:01:00Z"}')
    await reaches('4006', 'in_step')
  })

  it('does not call it a success when a 200 did not take the record', async () => {
    flow.saas.misbehave({ kind: 'not_taken', how: 'skipped', externalId: '4007' })
    await post('collections/create', '{"id":4007,"title":"Skipped","updated_at":"2026-05-01T10:00:00Z"}')
    await reaches('4007', 'dead')
  })

  it('holds what the SaaS has no key for, without spending its tries, and sends it when one record is taken again', async () => {
    flow.saas.misbehave({ kind: 'status', status: 401, externalId: '4008' })
    await post('collections/create', '{"id":4008,"title":"Held","updated_at":"2026-05-01T10:00:00Z"}')
    expect(await reaches('4008', 'held')).toMatchObject({ attempts: 0 })
    const connection = async () => (await flow.database.db.query(`SELECT "state" FROM "SaasConnection"`))[0]
    // The connection is noted after the record is settled.
    await until('the connection says so', async () => (await connection())?.state === 'refused')
    await post('collections/create', '{"id":4012,"title":"Held too","updated_at":"2026-05-01T10:00:00Z"}')
    expect(await reaches('4012', 'held')).toMatchObject({ reason: expect.stringMatching(/key/) as string })
    expect(requestsFor('4012')).toEqual([])

    flow.saas.behave()
    // As if a minute had passed.
    await flow.database.db.query(`UPDATE "SaasConnection" SET "probeAt" = now()`)
    await post('collections/create', '{"id":4013,"title":"Tried","updated_at":"2026-05-01T10:00:00Z"}')
    for (const externalId of ['4008', '4012', '4013']) await reaches(externalId, 'in_step')
    await until('the connection says so', async () => (await connection())?.state === 'connected')
  })

  it('does not send test orders, and says why', async () => {
    await post(
      'orders/create',
      '{"id":4009,"name":"#9","test":true,"currency":"USD","updated_at":"2026-05-01T10:00:00Z"}',
    )
    expect((await reaches('4009', 'excluded')).reason).toMatch(/[Tt]est orders/)
    expect(requestsFor('4009')).toEqual([])
  })

  it('sends nothing personal but the e-mail hash and the display name under the policy "minimal"', async () => {
    const body = shopifyFixture('2026-10/customers_update')
    const { id, email, note } = JSON.parse(body.toString()) as { id: number; email: string; note: string }
    await post('customers/update', body)
    const [request] = await until('it has arrived', () => {
      const all = flow.saas.requests.filter(
        ({ text }) => text.includes('"resource":"customer"') && text.includes(String(id).slice(0, 12)),
      )
      return all.length > 0 && all
    })
    expect(request?.text).not.toContain(email)
    if (note) expect(request?.text).not.toContain(note)
    expect(request?.text).not.toContain('"pii"')
    expect(Envelope.parse(request?.body).data).toMatchObject({
      email_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
  })

  it('marks a hint as such and sends nothing for it', async () => {
    await post(
      'orders/create',
      '{"id":4010,"name":"#10","currency":"USD","updated_at":"2026-05-01T10:00:00Z"}',
    )
    await reaches('4010', 'in_step')
    await post('refunds/create', '{"id":1,"order_id":4010}')
    expect((await outcomes('4010')).map(({ outcome }) => outcome)).toEqual(['changed', 'hint'])
    expect(requestsFor('4010')).toHaveLength(1)
  })

  it('tells a merged customer from a failed merge', async () => {
    await post('customers/merge', shopifyFixture('2026-10/customers_merge_failed'))
    await post('customers/merge', shopifyFixture('2026-10/customers_merge'))
    const merged = await until('the merge has arrived', () =>
      flow.saas.requests.find(({ text }) => text.includes('merged_into_external_id')),
    )
    expect(Envelope.parse(merged.body)).toMatchObject({ resource: 'customer', action: 'deleted' })
    const noted = await flow.database.db.query<{ outcome: string }>(
      `SELECT "outcome" FROM "WebhookEvent" WHERE "topic" = 'customers/merge' ORDER BY "id"`,
    )
    expect(noted.map(({ outcome }) => outcome)).toEqual(['ignored', 'changed'])
  })

  it('never has two calls for one record at once', async () => {
    flow.saas.setLatency(20)
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        post(
          'collections/update',
          `{"id":4011,"title":"Burst ${index}","updated_at":"2026-05-01T10:00:${String(index).padStart(2, '0')}Z"}`,
        ),
      ),
    )
    await reaches('4011', 'in_step')
    flow.saas.setLatency(0)
    expect(requestsFor('4011').flatMap(({ overlaps }) => overlaps)).toEqual([])
    expect(flow.saas.mirror().find(({ externalId }) => externalId === '4011')?.data.name).toBe('Burst 59')
  })
})
