import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { openDelivery, SHOP } from '../../tests/support/delivery'
import { answers, type SaasBehaviour, takes, watched } from '../../tests/support/saas'
import { arrival, orderState } from '../../tests/support/stages'
import { Envelope } from '~/contracts/shared-schema'

const HOUR_MS = 3_600_000

const delivery = await openDelivery()
const { stages, saas, intake, say, deliver, connection, setConnection, states } = delivery
afterAll(() => delivery.close())

/** Each test begins with no record, and a SaaS that has just said that it takes ten records in one call, and takes them. */
beforeEach(async () => {
  stages.clock.tick(2 * HOUR_MS)
  await delivery.beginAnew({ concurrency: 4, batchLimit: 10 })
  saas.behave(takesBatches())
})

const attempts = () => stages.db.prisma.syncAttempt.findMany()
/** How many records each call to that path carried. */
const carried = (path: string) =>
  saas.calls
    .filter((call) => call.path === path)
    .map(({ json }) => (json.events as unknown[] | undefined)?.length ?? 1)
const BATCH = '/api/sync/batch'
const SINGLE = '/api/sync/webhook'
const STATUS = '/api/sync/status'

/** A SaaS with batches, whose results are what is said of each record; by default it takes all. */
function takesBatches(
  resultOf: (externalId: string) => unknown = () => ({ status: 'synced' }),
): SaasBehaviour {
  return (response, call) => {
    if (call.path === STATUS)
      return answers(200, { success: true, data: { batch_limit: 10 } })(response, call)
    if (call.path === SINGLE) return takes()(response, call)
    const events = Envelope.array().parse(call.json.events)
    return answers(200, {
      success: true,
      data: { results: events.map(({ data }) => resultOf(data.external_id)) },
    })(response, call)
  }
}
/** A SaaS whose batches are answered like that, and which takes what comes alone. */
const batches =
  (answer: SaasBehaviour): SaasBehaviour =>
  (response, call) =>
    (call.path === BATCH ? answer : takesBatches())(response, call)

describe('where the SaaS takes many records in one call', () => {
  it('they travel together, no more than it takes, and each settles by its own result', async () => {
    await say(25)
    saas.behave(
      takesBatches((id) => {
        if (id === '3') return { status: 'error', code: 'NAME_TAKEN', message: 'That name is taken' }
        if (id === '4') return { status: 'skipped' }
        if (id === '5') return { status: 'stale' }
        if (id === '6') return 'what?'
        if (id === '7') return { status: 'error', code: 'MISSING_REFERENCE' }
        return { status: 'synced', id: `saas-${id}` }
      }),
    )
    await deliver()
    expect(carried(BATCH).sort()).toEqual([10, 10, 5].sort())
    expect(carried(SINGLE)).toEqual([])
    expect(await states()).toEqual({ in_step: 21, dead: 2, retrying: 2 })
    const of = async (externalId: string) =>
      stages.db.prisma.syncRecord.findFirstOrThrow({ where: { externalId } })
    expect(await of('8')).toMatchObject({ state: 'in_step', saasId: 'saas-8' })
    expect(await of('3')).toMatchObject({
      state: 'dead',
      lastErrorCode: 'NAME_TAKEN',
      lastError: expect.stringContaining('That name is taken') as string,
    })
    expect(await of('4')).toMatchObject({ state: 'dead', lastErrorCode: 'SKIPPED' })
    expect(await of('6')).toMatchObject({
      state: 'retrying',
      lastErrorCode: 'UNREADABLE_ANSWER',
      attempts: 1,
    })
    expect(await of('7')).toMatchObject({
      state: 'retrying',
      lastErrorCode: 'MISSING_REFERENCE',
      attempts: 1,
    })
    // One that cannot be read among others that are taken says nothing of the connection.
    expect(await connection()).toMatchObject({ state: 'connected' })
  })

  it('each has an attempt of its own, and all of a call share its trace and its key', async () => {
    await say(12)
    await deliver()
    const sizes = (await attempts()).map(({ batchSize }) => batchSize)
    expect(sizes.filter((size) => size === 10)).toHaveLength(10)
    const calls = saas.calls.filter(({ path }) => path === BATCH)
    const traces = new Set((await attempts()).map(({ traceId }) => traceId))
    expect(new Set(calls.map(({ headers }) => String(headers.traceparent).split('-')[1]))).toEqual(traces)
    const keys = calls.map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(2)
  })

  it('one that comes alone goes alone', async () => {
    await say(1)
    await deliver()
    expect([carried(BATCH), carried(SINGLE)]).toEqual([[], [1]])
  })

  it('a connection that is tried again is tried with one record', async () => {
    await setConnection({ state: 'refused', stateReason: 'No.', probeAt: stages.clock.now })
    await say(15)
    await deliver()
    expect(saas.calls[0]).toMatchObject({ path: SINGLE })
    expect(await states()).toEqual({ in_step: 15 })
  })

  it.each([
    ['too few results', answers(200, { success: true, data: { results: [{ status: 'synced' }] } }), null],
    ['no results', answers(200, { success: true, data: {} }), null],
    ['an error of the SaaS', answers(500), 10],
    ['a broken connection', (response) => void response.socket?.destroy(), 10],
  ] satisfies [string, SaasBehaviour, number | null][])(
    '%s settles none of them: each is tried again later; what cannot be read ends batches',
    async (_name, answer, batchLimit) => {
      await say(5)
      saas.behave(batches(answer))
      await deliver()
      expect(await states()).toEqual({ retrying: 5 })
      expect((await attempts()).map(({ outcome }) => outcome)).toEqual(
        Array.from({ length: 5 }, () => 'unavailable'),
      )
      expect(await connection()).toMatchObject({ state: 'connected', breaker: { inARow: 1 }, batchLimit })
    },
  )

  it.each([
    ['the batch', answers(200, { success: false, error: { code: 'NO', message: 'no' } })],
    ['the address', answers(404, '<html>')],
  ])(
    'a SaaS that refuses %s gets each of them alone at once, and spends none of their tries',
    async (_name, answer) => {
      await say(12)
      saas.behave(batches(answer))
      await deliver()
      expect(carried(SINGLE)).toHaveLength(12)
      expect(await states()).toEqual({ in_step: 12 })
      expect(await connection()).toMatchObject({ state: 'connected', batchLimit: null })
      const alone = (await attempts()).filter(({ outcome }) => outcome === 'delivered')
      expect(new Set(alone.map(({ number }) => number))).toEqual(new Set([1]))
    },
  )

  /** So many orders that are so long. */
  const sayLong = (orders: number, length: number, prefix = 'long') =>
    Promise.all(
      Array.from({ length: orders }, (_, n) =>
        intake.accept(arrival(SHOP, orderState(`${prefix}-${n}`, 1, { tags: ['x'.repeat(length)] }))),
      ),
    )

  it('a SaaS that finds one too large gets smaller ones, and spends none of their tries', async () => {
    await say(10)
    saas.behave((response, call) => {
      const isTooLarge = call.path === BATCH && (call.json.events as unknown[]).length > 3
      return (isTooLarge ? answers(413) : takesBatches())(response, call)
    })
    await deliver()
    expect(await states()).toEqual({ in_step: 10 })
    expect(carried(BATCH)[0]).toBe(10)
    expect(carried(BATCH).some((size) => size === 2)).toBe(true)
    expect(carried(BATCH).filter((size) => size > 3).length).toBeLessThanOrEqual(3)
    expect(await connection()).toMatchObject({ state: 'connected', batchLimit: 10 })
    expect(new Set((await attempts()).map(({ number }) => number))).toEqual(new Set([1]))
  })

  it('a SaaS that finds every one too large gets each of them alone in the end', async () => {
    await say(12)
    saas.behave(batches(answers(413)))
    await deliver()
    expect(carried(SINGLE)).toHaveLength(12)
    expect(await states()).toEqual({ in_step: 12 })
  })

  it('they weigh about a megabyte together at most, and what is larger goes alone', async () => {
    await sayLong(6, 400_000)
    await sayLong(1, 1_200_000, 'longer')
    await deliver()
    expect(await states()).toEqual({ in_step: 7 })
    expect(Math.max(...carried(BATCH))).toBe(2)
    const alone = saas.calls.filter(({ path }) => path === SINGLE)
    expect(alone.map(({ json }) => Envelope.parse(json).data.external_id)).toContain('longer-0')
  })

  it('no more calls are made at once because they are large: what finds no room goes with the next, as its first try', async () => {
    await setConnection({ concurrency: 1 })
    await sayLong(8, 400_000)
    const { behaviour, traffic } = watched(takesBatches())
    saas.behave(behaviour)
    await deliver()
    expect(await states()).toEqual({ in_step: 8 })
    expect(traffic.arrivals.map(({ underWay }) => underWay)).toEqual([1, 1, 1, 1])
    expect((await attempts()).map(({ number }) => number)).toEqual(Array.from({ length: 8 }, () => 1))
  })

  it('a wrong key holds all of a batch', async () => {
    await say(5)
    saas.behave(batches(answers(401)))
    await deliver()
    expect(await states()).toEqual({ held: 5 })
    expect(await connection()).toMatchObject({ state: 'refused' })
  })
})

describe('how many a SaaS takes', () => {
  const asked = () => saas.calls.filter(({ path }) => path === STATUS)

  it('is asked once when there is more than one to send, and used from the answer on', async () => {
    await setConnection({ batchLimit: null, batchLimitAskedAt: null })
    await say(80)
    let answer = () => {}
    const answered = new Promise<void>((resolve) => (answer = resolve))
    saas.behave(async (response, call) => {
      if (call.path === STATUS) await answered
      // The deliveries do not wait for the answer.
      if (carried(SINGLE).length >= 40) answer()
      await takesBatches()(response, call)
    })
    const delivered = deliver()
    await until('some travel together', () => carried(BATCH).length > 0)
    await delivered
    expect(asked()).toMatchObject([{ method: 'GET', headers: { authorization: 'Bearer the-key' } }])
    expect(carried(SINGLE).length).toBeGreaterThanOrEqual(40)
    expect(await states()).toEqual({ in_step: 80 })
    expect(await connection()).toMatchObject({ batchLimit: 10, batchLimitAskedAt: stages.clock.now })
  })

  it('is asked again after an hour, and no sooner', async () => {
    for (const [n, [wait, times]] of (
      [
        [0, 0],
        [HOUR_MS - 1, 0],
        [1, 1],
      ] as const
    ).entries()) {
      stages.clock.tick(wait)
      await say(3, 1 + n)
      await deliver()
      expect(asked()).toHaveLength(times)
    }
  })

  it('is not asked for one record', async () => {
    await setConnection({ batchLimit: null, batchLimitAskedAt: null })
    await say(1)
    await deliver()
    expect(asked()).toEqual([])
  })

  it.each([
    ['refuses the key', answers(401)],
    ['asks for patience', answers(429)],
    ['has an error of its own', answers(500)],
    ['is elsewhere', answers(302, {}, { location: '/elsewhere' })],
    ['breaks the connection off', (response) => void response.socket?.destroy()],
  ] satisfies [string, SaasBehaviour][])(
    'is not noted where the SaaS %s, and is asked again by the next lane',
    async (_name, answer) => {
      const before = { batchLimit: 10, batchLimitAskedAt: new Date(stages.clock.now.getTime() - HOUR_MS) }
      await setConnection(before)
      saas.behave((response, call) => (call.path === STATUS ? answer : takesBatches())(response, call))
      for (const times of [1, 2]) {
        await say(3, times)
        await deliver()
        expect(asked()).toHaveLength(times)
        expect(await connection()).toMatchObject(before)
      }
    },
  )

  it.each([
    ['does not implement it', answers(501)],
    ['has no such method', answers(405)],
    ['knows no such thing', answers(404)],
    ['does not say', answers(200, { success: true })],
  ])('is one where the SaaS %s, and is not asked again and again', async (_name, answer) => {
    await setConnection({ batchLimit: null, batchLimitAskedAt: null })
    await say(20)
    saas.behave((response, call) => (call.path === STATUS ? answer : takes())(response, call))
    await deliver()
    expect(asked()).toHaveLength(1)
    expect(await states()).toEqual({ in_step: 20 })
    expect(await connection()).toMatchObject({ batchLimit: null, batchLimitAskedAt: stages.clock.now })
  })
})
