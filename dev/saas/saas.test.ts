import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSaas, type Saas } from './start-saas'

const event = (externalId: string, revision: number, action = 'updated', resource = 'product') => ({
  resource,
  action,
  data: { schema_version: 1, source: 'shopify', store: 's.myshopify.com', external_id: externalId, revision },
})

describe('a SaaS on command', () => {
  let saas: Saas
  beforeEach(async () => {
    saas = await startSaas({ apiKey: 'key', batchLimit: 3 })
  })
  afterEach(() => saas.stop())

  const post = (body: unknown, path = '/api/sync/webhook', key = 'key') =>
    fetch(saas.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    })

  const sent = async (count: number) => {
    while (saas.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  it('takes an event, keeps the newest revision and refuses an older one', async () => {
    expect(await (await post(event('1', 5))).json()).toMatchObject({
      success: true,
      data: { syncedCount: 1 },
    })
    expect(await (await post(event('1', 4))).json()).toMatchObject({
      data: { syncedCount: 0, staleCount: 1 },
    })
    expect(saas.mirror()).toMatchObject([{ externalId: '1', revision: 5, writes: 1 }])
  })

  it('keeps a tombstone that an older revision cannot overwrite', async () => {
    await post(event('1', 5, 'deleted'))
    await post(event('1', 4))
    expect(saas.mirror()).toEqual([])
    expect(saas.mirror({ withDeleted: true })).toMatchObject([{ deleted: true, revision: 5 }])
  })

  it('takes batches, each event with its own result, up to the limit', async () => {
    const answer = await post({ events: [event('1', 1), { resource: 'product' }] }, '/api/sync/batch')
    expect(await answer.json()).toMatchObject({
      data: { results: [{ status: 'synced' }, { status: 'error' }] },
    })
    const many = await post({ events: [1, 2, 3, 4] }, '/api/sync/batch')
    expect(many.status).toBe(413)
  })

  it('refuses a wrong key and what is malformed, naming the field', async () => {
    expect((await post(event('1', 1), '/api/sync/webhook', 'other')).status).toBe(401)
    const malformed = await post({ ...event('1', 1), data: { revision: 1 } })
    expect(malformed.status).toBe(400)
    expect(await malformed.text()).toContain('data.external_id')
  })

  it('records every request with its headers, its bytes and its times', async () => {
    await post(event('9', 1))
    expect(saas.requests).toMatchObject([
      {
        sequence: 1,
        method: 'POST',
        status: 200,
        records: ['shopify|s.myshopify.com|product|9'],
        overlaps: [],
      },
    ])
    expect(saas.requests[0]?.headers.authorization).toBe('Bearer key')
  })

  it('notes calls for one record that overlap', async () => {
    saas.misbehave({ kind: 'slow', ms: 30, times: 1 })
    await Promise.all([post(event('1', 1)), post(event('1', 2)), post(event('2', 1))])
    expect(saas.requests.filter(({ overlaps }) => overlaps.length > 0)).toHaveLength(1)
  })

  it('answers with a status and a Retry-After for so many calls, then behaves', async () => {
    saas.misbehave({ kind: 'status', status: 503, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT', times: 2 })
    const first = await post(event('1', 1))
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, 'Wed, 21 Oct 2026 07:28:00 GMT'])
    expect([(await post(event('1', 1))).status, (await post(event('1', 1))).status]).toEqual([503, 200])
  })

  it('misbehaves towards one record only', async () => {
    saas.misbehave({ kind: 'status', status: 422, code: 'MISSING_REFERENCE', externalId: 'bad' })
    expect((await post(event('good', 1))).status).toBe(200)
    expect(await (await post(event('bad', 1))).json()).toMatchObject({ error: { code: 'MISSING_REFERENCE' } })
  })

  it('takes nothing, though it says 200', async () => {
    saas.misbehave({ kind: 'not_taken', times: 1 })
    saas.misbehave({ kind: 'not_taken', how: 'unsuccessful', times: 1 })
    saas.misbehave({ kind: 'stale', times: 1 })
    expect(await (await post(event('1', 1))).json()).toMatchObject({ data: { skippedCount: 1 } })
    expect(await (await post(event('1', 1))).json()).toMatchObject({ success: false })
    expect(await (await post(event('1', 1))).json()).toMatchObject({ data: { staleCount: 1 } })
    expect(saas.mirror()).toEqual([])
  })

  it('takes of a batch only what it was not told to refuse', async () => {
    const batch = { events: [event('1', 1), event('2', 1), event('3', 1, 'updated', 'order')] }
    saas.misbehave({ kind: 'not_taken', externalId: '2', times: 1 })
    saas.misbehave({ kind: 'not_taken', how: 'unsuccessful', resource: 'order', times: 1 })
    expect(await (await post(batch, '/api/sync/batch')).json()).toMatchObject({
      data: { results: [{ status: 'synced' }, { status: 'skipped' }, { status: 'synced' }] },
    })
    expect(await (await post(batch, '/api/sync/batch')).json()).toMatchObject({
      data: { results: [{ status: 'synced' }, { status: 'synced' }, { status: 'error', code: 'NOT_TAKEN' }] },
    })
  })

  it('keeps what it took, in order', async () => {
    await post(event('1', 5))
    await post(event('1', 4))
    await post(event('1', 6, 'deleted'))
    expect(saas.takes).toEqual([
      { record: 'shopify|s.myshopify.com|product|1', revision: 5, action: 'updated' },
      { record: 'shopify|s.myshopify.com|product|1', revision: 6, action: 'deleted' },
    ])
  })

  it('goes down and comes back at the same address, with what it held', async () => {
    await post(event('1', 5))
    saas.misbehave({ kind: 'hang', times: 1 })
    const underWay = post(event('1', 6))
    await Promise.all([expect(underWay).rejects.toThrow(), sent(2).then(() => saas.goDown())])
    await expect(post(event('1', 7))).rejects.toThrow()
    await saas.comeBack()
    expect((await post(event('1', 8))).status).toBe(200)
    expect(saas.mirror()).toMatchObject([{ revision: 8 }])
    expect(saas.requests.map(({ status }) => status)).toEqual([200, null, 200])
  })

  it('resets the connection with or without having taken the event', async () => {
    saas.misbehave({ kind: 'reset', times: 1 })
    await expect(post(event('1', 1))).rejects.toThrow()
    expect(saas.mirror()).toEqual([])
    saas.misbehave({ kind: 'reset', after: 'taking', times: 1 })
    await expect(post(event('1', 1))).rejects.toThrow()
    expect(saas.mirror()).toHaveLength(1)
  })

  it('cuts an answer off, answers garbage, or too much, or nothing at all', async () => {
    saas.misbehave({ kind: 'cut_off', times: 1 })
    await expect(post(event('1', 1)).then((answer) => answer.text())).rejects.toThrow()
    saas.misbehave({ kind: 'garbage', times: 1 })
    expect(await (await post(event('1', 1))).text()).toContain('<html>')
    saas.misbehave({ kind: 'huge', bytes: 100_000, times: 1 })
    expect((await (await post(event('1', 1))).text()).length).toBeGreaterThan(100_000)
    saas.misbehave({ kind: 'hang', times: 1 })
    const hung = fetch(`${saas.url}/api/sync/status`, { signal: AbortSignal.timeout(30) })
    await expect(hung).rejects.toThrow()
  })

  it('lets through so many requests a second and answers 429 to the rest', async () => {
    saas.misbehave({ kind: 'rate_limit', perSecond: 2 })
    const answers = await Promise.all([1, 2, 3, 4].map((id) => post(event(String(id), 1))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429, 429])
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1')
  })

  it('is commanded over HTTP too, and says what a command lacks', async () => {
    const command = (path: string, body?: unknown) =>
      fetch(`${saas.url}/__control${path}`, { method: 'POST', body: JSON.stringify(body ?? {}) })
    await command('/misbehave', { kind: 'status', status: 418, times: 1 })
    expect((await post(event('1', 1))).status).toBe(418)
    expect((await command('/misbehave', { kind: 'nonsense' })).status).toBe(400)
    const listed: unknown = await (await fetch(`${saas.url}/__control/requests`)).json()
    expect(listed).toHaveLength(1)
    await command('/reset')
    expect(saas.requests).toEqual([])
  })
})
