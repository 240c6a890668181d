import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { version } from '../../package.json'
import { openDelivery, SHOP } from '../../tests/support/delivery'
import { keepLog } from '../../tests/support/kept-log'
import { laneOptions, runOut, startLane } from '../../tests/support/lanes'
import { answers, type SaasBehaviour, startSaas, takes } from '../../tests/support/saas'
import { arrival, at, BUILT_IN, gone, orderState, recordId } from '../../tests/support/stages'
import { Envelope } from '~/contracts/shared-schema'
import { createDoorbell } from '~/lib/doorbell'
import { type LaneOptions } from './lane'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const delivery = await openDelivery()
const { stages, saas, intake, shopId, connection } = delivery
afterAll(() => delivery.close())

let outcomes: string[]
let id: string
let number = 0

/** Each test has an order of its own that waits, a SaaS that takes everything, and a connection in good health. */
beforeEach(async () => {
  number++
  outcomes = []
  await delivery.beginAnew()
  await say(1)
  id = await recordId(stages.db, SHOP, 'order', String(number))
})

const say = (second: number, core: Record<string, unknown> = {}) =>
  intake.accept(arrival(SHOP, orderState(String(number), second, core)))

const deliver = (more: Partial<LaneOptions> = {}) =>
  delivery.deliver({ onAttempt: (outcome) => outcomes.push(outcome), ...more })

const record = () => stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })
const attempts = () =>
  stages.db.prisma.syncAttempt.findMany({ where: { recordId: id }, orderBy: { id: 'asc' } })
const dueIn = async () => ((await record()).dueAt?.getTime() ?? Number.NaN) - stages.clock.now.getTime()

describe('delivering a record', () => {
  it('sends the desired state, settles it, and notes the attempt', async () => {
    saas.behave(takes({ id: 'a1' }))
    await deliver()

    const [call] = saas.calls
    const { success, data } = Envelope.safeParse(call!.json)
    expect(success).toBe(true)
    expect(data).toMatchObject({
      resource: 'order',
      action: 'updated',
      data: { external_id: String(number), number: `#${number}` },
    })
    const { revision, ...row } = await record()
    expect(call!.json).toMatchObject({ data: { revision: Number(revision) } })
    expect(row).toMatchObject({
      state: 'in_step',
      deliveredRevision: revision,
      saasId: 'a1',
      attemptId: null,
    })
    expect(await attempts()).toMatchObject([
      {
        outcome: 'delivered',
        httpStatus: 200,
        number: 1,
        revision,
        generation: 1,
        batchSize: 1,
        code: null,
        detail: null,
        action: 'updated',
      },
    ])
    expect(outcomes).toEqual(['delivered'])
    expect(await connection()).toMatchObject({
      state: 'connected',
      laneId: null,
      lastDeliveredAt: stages.clock.now,
    })
  })

  it('notes when the oldest change happened that it carries; what is sent again carries none', async () => {
    await say(2)
    await deliver()
    expect(await attempts()).toMatchObject([{ resource: 'order', changedAt: new Date(at(1)) }])
    expect(await record()).toMatchObject({ changedAt: null })

    await say(3)
    saas.behave(answers(503))
    await deliver()
    await say(4)
    saas.behave(takes())
    stages.clock.tick(MINUTE_MS)
    await deliver()
    expect((await attempts()).map(({ changedAt }) => changedAt)).toEqual(
      [1, 3, 3].map((second) => new Date(at(second))),
    )

    await stages.db.query(
      `UPDATE "SyncRecord" SET "state" = 'waiting', "dueAt" = $2, "deliveredBodyHash" = NULL WHERE "id" = $1`,
      [id, stages.clock.now],
    )
    await deliver()
    expect((await attempts()).at(-1)).toMatchObject({ outcome: 'delivered', changedAt: null })
  })

  it('proves who it is, and can be traced', async () => {
    await deliver()
    const [attempt] = await attempts()
    expect(saas.calls[0]).toMatchObject({
      method: 'POST',
      path: '/api/sync/webhook',
      headers: {
        authorization: 'Bearer the-key',
        'content-type': 'application/json',
        'user-agent': `Parity/${version}`,
        'idempotency-key': `${id}:${attempt!.revision}`,
        traceparent: expect.stringMatching(new RegExp(`^00-${attempt!.traceId}-[0-9a-f]{16}-01$`)) as string,
      },
    })
  })

  it('does nothing for a record that is in step, for a shop that is unknown, or where another is at work', async () => {
    await deliver()
    await deliver()
    expect(await (await runOut('00000000-0000-4000-8000-000000000000', laneOptions(stages))).done).toBe(
      'closed',
    )
    expect(saas.calls).toHaveLength(1)

    await say(2)
    saas.behave(async (response, call) => {
      expect(await (await deliver()).done).toBe('busy')
      await takes()(response, call)
    })
    await deliver()
    expect(saas.calls).toHaveLength(2)
  })

  it('uses one idempotency key for all tries of one send, and another for the next', async () => {
    saas.behave(answers(503))
    await deliver()
    stages.clock.tick(MINUTE_MS)
    await deliver()
    await say(2)
    stages.clock.tick(MINUTE_MS)
    saas.behave(takes())
    await deliver()
    const keys = saas.calls.map(({ headers }) => headers['idempotency-key'])
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
    expect((await attempts()).map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('sends a deletion with the base fields only', async () => {
    await deliver()
    await intake.accept(arrival(SHOP, gone('order', String(number), 2)))
    await deliver()
    expect(Object.keys(saas.calls[1]!.json.data as object).sort()).toEqual([
      'deleted_at',
      'external_id',
      'revision',
      'schema_version',
      'source',
      'store',
      'version',
    ])
    expect(await record()).toMatchObject({ state: 'deleted' })
  })

  it('sends what changed during the call right after it, under a revision of its own', async () => {
    saas.behave(async (response, call) => {
      if (saas.calls.length === 1) await say(2, { total: '2.00' })
      await takes()(response, call)
    })
    await deliver()
    const sent = saas.calls.map(({ json }) => Envelope.parse(json).data)
    expect(sent).toMatchObject([{ total: '1.00' }, { total: '2.00' }])
    expect(sent[1]!.revision).toBeGreaterThan(sent[0]!.revision)
    expect(await record()).toMatchObject({ state: 'in_step', deliveredRevision: BigInt(sent[1]!.revision) })
  })

  it('sends again what was on its way when the connection got a new generation, under a new revision', async () => {
    saas.behave(async (response, call) => {
      if (saas.calls.length === 1)
        await stages.db.query(
          `UPDATE "SaasConnection" SET "generation" = "generation" + 1, "addressGeneration" = "generation" + 1`,
        )
      await takes()(response, call)
    })
    await deliver()
    const [first, second, ...others] = await attempts()
    expect(others).toEqual([])
    expect(second!.generation).toBe(first!.generation + 1)
    expect(second!.revision).toBeGreaterThan(first!.revision)
    expect(await record()).toMatchObject({ state: 'in_step', deliveredGeneration: second!.generation })
  })

  it('makes no call for a body that the SaaS has already, and no attempt', async () => {
    await deliver()
    // As after a change of what the desired hash covers: the record is due, its body is the same.
    await stages.db.query(
      `UPDATE "SyncRecord" SET "state" = 'waiting', "dueAt" = $2, "desiredHash" = 'other' WHERE "id" = $1`,
      [id, stages.clock.now],
    )
    await deliver()
    expect(saas.calls).toHaveLength(1)
    expect(await attempts()).toHaveLength(1)
    expect(await record()).toMatchObject({ state: 'in_step', deliveredHash: 'other' })
  })

  it('makes no call under a new generation for a body that is there, and one when the address is another', async () => {
    await deliver()
    const again = async (column: string) => {
      await stages.db.query(`UPDATE "SaasConnection" SET "generation" = "generation" + 1`)
      if (column === 'addressGeneration')
        await stages.db.query(`UPDATE "SaasConnection" SET "addressGeneration" = "generation"`)
      await stages.db.query(`UPDATE "SyncRecord" SET "state" = 'waiting', "dueAt" = $2 WHERE "id" = $1`, [
        id,
        stages.clock.now,
      ])
      await deliver()
      expect(await record()).toMatchObject({
        state: 'in_step',
        deliveredGeneration: (await connection()).generation,
      })
      return saas.calls.length
    }
    expect(await again('generation')).toBe(1)
    expect(await again('addressGeneration')).toBe(2)
  })

  it('sends what changed back while a call timed out', async () => {
    saas.behave(() => undefined)
    await deliver({ timeoutMs: 50 })
    await say(2, { total: '9.99' })
    await say(3)
    saas.behave(takes())
    stages.clock.tick(MINUTE_MS)
    await deliver()
    expect(saas.calls).toHaveLength(2)
    expect(await record()).toMatchObject({ state: 'in_step' })
  })

  it('asks to be looked at again when the next try is due', async () => {
    saas.behave(answers(503))
    const { alarms } = await deliver()
    expect(alarms).toEqual([(await record()).dueAt])
  })

  it('finds by itself what it was not told of', async () => {
    saas.behave(async (response, call) => {
      if (saas.calls.length === 1) await intake.accept(arrival(SHOP, orderState(`${number}-untold`, 1)))
      await takes()(response, call)
    })
    await deliver()
    expect(saas.calls).toHaveLength(2)
  })

  it('makes no call that its claim does not cover to the end, because the database was slow, and makes it after the next claim', async () => {
    let isSlow = true
    const db = {
      ...stages.db,
      query: async (text: string, values?: unknown[]) => {
        const rows = await stages.db.query(text, values)
        if (isSlow && text.includes('INSERT INTO "SyncAttempt"')) {
          stages.clock.tick(13_000)
          isSlow = false
        }
        return rows
      },
    } as typeof stages.db
    const { logger, lines } = keepLog()
    await deliver({ db, logger })
    expect(saas.calls).toHaveLength(1)
    const made = await attempts()
    expect(made).toMatchObject([
      { outcome: 'abandoned', code: 'TOO_LATE', number: 1 },
      { outcome: 'delivered', number: 1 },
    ])
    expect(lines).toMatchObject(
      made.map(({ id: attemptId, traceId, outcome, code }) => ({
        msg: 'delivery.attempted',
        ...{ attemptId, traceId, outcome, code, recordId: id },
      })),
    )
    expect(outcomes).toEqual(['abandoned', 'delivered'])
    expect(await record()).toMatchObject({ state: 'in_step', attempts: 0 })
  })

  it('lets what was just delivered and changed again go last while others wait for their first turn, and no later than that', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "concurrency" = 2`)
    for (let n = 0; n < 8; n++) await intake.accept(arrival(SHOP, orderState(`${number}-${n}`, 1)))
    let first = ''
    saas.behave(async (response, call) => {
      const { data } = Envelope.parse(call.json)
      if (saas.calls.length === 1) first = data.external_id
      // It is the newest promise then.
      if (saas.calls.length === 4) await intake.accept(arrival(SHOP, orderState(first, 2)))
      await takes()(response, call)
    })
    const lane = startLane(shopId, laneOptions(stages))
    await until('the change has arrived', () => saas.calls.length === 10)
    await lane.rest()
    await stages.db.query(`UPDATE "SaasConnection" SET "concurrency" = 16`)
    const sent = saas.calls.map(({ json }) => Envelope.parse(json).data)
    expect(sent.at(-1)).toMatchObject({ external_id: first, total: '2.00' })
    expect(new Set(sent.map(({ external_id }) => external_id)).size).toBe(9)
  })

  it('lets the sources of a shop take turns: the backlog of one does not keep the other waiting', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "concurrency" = 2`)
    for (let n = 0; n < 20; n++) await intake.accept(arrival(SHOP, orderState(`${number}-${n}`, 1)))
    // It comes last by the order of ids.
    const other = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
    await stages.db.query(
      `INSERT INTO "SourceConnection" ("id", "shopId", "platform", "account") VALUES ($1, $2, 'woocommerce', 'tea.example')`,
      [other, shopId],
    )
    await stages.db.query(`UPDATE "SyncRecord" SET "sourceConnectionId" = $1 WHERE "externalId" = $2`, [
      other,
      `${number}-0`,
    ])
    await deliver()
    await stages.db.query(`DELETE FROM "SourceConnection" WHERE "id" = $1`, [other])
    expect(saas.calls).toHaveLength(21)
    const stores = saas.calls.map(({ json }) => Envelope.parse(json).data.store)
    expect(stores.indexOf('tea.example')).toBeLessThan(8)
    expect(stores).toContain('tea.example')
  })

  it('takes over from a worker that died, and says so in its attempt and in the log', async () => {
    await stages.db.query(
      `WITH died AS (
         INSERT INTO "SyncAttempt" ("id", "sourceConnectionId", "recordId", "resource", "revision", "generation", "number", "traceId", "startedAt", "action")
         SELECT gen_random_uuid(), "sourceConnectionId", "id", "resource", "revision", 1, 1, 't', $2, 'updated' FROM "SyncRecord" WHERE "id" = $1 RETURNING "id"
       )
       UPDATE "SyncRecord" r SET "state" = 'delivering', "attemptId" = died."id", "dueAt" = $2 FROM died WHERE r."id" = $1`,
      [id, stages.clock.now],
    )
    const { logger, lines } = keepLog()
    await deliver({ logger })
    expect(await record()).toMatchObject({ state: 'in_step' })
    const made = await attempts()
    expect(made.map(({ outcome }) => outcome).sort()).toEqual(['abandoned', 'delivered'])
    const told = made.map(({ id: attemptId, traceId, outcome }) => ({
      attemptId,
      traceId,
      outcome,
      recordId: id,
    }))
    expect(lines).toMatchObject(told.sort((a) => (a.outcome === 'abandoned' ? -1 : 1)))
  })
})

describe('a lane whose database fails', () => {
  /** A database in which the statements with these words fail, the first of each kind only. */
  const failingAt = (...words: string[]) => {
    const left = new Set(words)
    const query: typeof stages.db.query = (text, values) => {
      const word = [...left].find((one) => text.includes(one))
      if (word === undefined) return stages.db.query(text, values)
      left.delete(word)
      return Promise.reject(new Error(`no ${word}`))
    }
    return { ...stages.db, query }
  }
  const CLAIM = 'ROW_NUMBER'
  const SETTLE = 'AS taken'
  const RELEASE = '"laneId" = NULL'
  const work = (db: typeof stages.db) => startLane(shopId, laneOptions(stages, { db })).done

  it('keeps the answer that it could not write, and writes it before it lets go', async () => {
    await expect(work(failingAt(SETTLE))).rejects.toThrow(`no ${SETTLE}`)
    expect(await record()).toMatchObject({ state: 'in_step' })
    expect(await attempts()).toMatchObject([{ outcome: 'delivered' }])
    expect(saas.calls).toHaveLength(1)
  })

  it('keeps what it has learnt of the connection likewise', async () => {
    saas.behave(answers(401))
    let failures = 0
    const transaction: typeof stages.db.transaction = (work, statementMs) =>
      failures++ === 0 ? Promise.reject(new Error('away')) : stages.db.transaction(work, statementMs)
    await expect(work({ ...stages.db, transaction })).rejects.toThrow('away')
    expect(await connection()).toMatchObject({ state: 'refused' })
    expect(await record()).toMatchObject({ state: 'held' })
  })

  it('says what failed first when it could not let go either', async () => {
    await expect(work(failingAt(CLAIM, RELEASE))).rejects.toThrow(`no ${CLAIM}`)
  })

  it('has done its work when it could not let go at the end', async () => {
    const lane = startLane(shopId, laneOptions(stages, { db: failingAt(RELEASE) }))
    await until('it has arrived', async () => (await record()).state === 'in_step')
    expect(await lane.rest()).toBe('taken')
  })
})

describe('a lane that lets go', () => {
  /** A bell at which nobody waits for long. */
  const shortBell = () => {
    const { ring, wait } = createDoorbell()
    return { ring, wait: (ms: number) => wait(Math.min(ms, 5)) }
  }
  const later = (ms: number) => new Date(stages.clock.now.getTime() + ms)
  const begin = () => startLane(shopId, laneOptions(stages), shortBell())

  it('asks to be looked at again when the next record is due, whatever it asked for before', async () => {
    await stages.db.query(`UPDATE "SyncRecord" SET "state" = 'retrying', "dueAt" = $1`, [later(20_000)])
    const lane = begin()
    expect(await lane.done).toBe('taken')
    expect(lane.alarms).toEqual([later(20_000)])
  })

  it('asks for nothing where nothing will be due', async () => {
    await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL`)
    const lane = begin()
    await lane.done
    expect(lane.alarms).toEqual([])
  })

  it('before a closed gate asks to be looked at again when it may be tried', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "state" = 'refused', "probeAt" = $1`, [later(30_000)])
    const lane = begin()
    expect(await lane.done).toBe('closed')
    expect(lane.alarms).toEqual([later(30_000)])
  })

  it('does so at once when its place is wanted and it has nothing to do', async () => {
    await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL`)
    const lane = startLane(shopId, laneOptions(stages))
    await until('it has nothing to do', () => lane.signal.isIdle)
    lane.signal.isWanted = () => true
    lane.signal.bell.ring()
    expect(await lane.done).toBe('taken')
  })
})

interface Expected {
  state: string
  attempts: number
  connection: string
  outcome: string
  code?: string
}

describe('what an answer means', () => {
  const said = (code: string) => ({ success: false, error: { code, message: 'because' } })
  const retrying = { state: 'retrying', attempts: 1, connection: 'connected' }
  const held = { state: 'held', attempts: 0 }
  const dead = { state: 'dead', attempts: 1, connection: 'connected' }

  it.each([
    ['2xx, taken', takes(), { state: 'in_step', attempts: 0, connection: 'connected', outcome: 'delivered' }],
    [
      '2xx, stale',
      takes({ syncedCount: 0, staleCount: 1 }),
      { state: 'in_step', attempts: 0, connection: 'connected', outcome: 'superseded' },
    ],
    [
      '2xx, skipped',
      takes({ syncedCount: 0, skippedCount: 1 }),
      { ...dead, outcome: 'rejected', code: 'SKIPPED' },
    ],
    ['2xx, no success', answers(200, said('NO')), { ...dead, outcome: 'rejected', code: 'NO' }],
    [
      '409 and a missing reference',
      answers(409, said('MISSING_REFERENCE')),
      { ...retrying, outcome: 'waits' },
    ],
    [
      '422 and a missing reference',
      answers(422, said('MISSING_REFERENCE')),
      { ...retrying, outcome: 'waits' },
    ],
    ...[400, 409, 413, 415, 422].map(
      (status) =>
        [`${status}`, answers(status, said('NO')), { ...dead, outcome: 'rejected', code: 'NO' }] as const,
    ),
    ...[404, 405, 410].map(
      (status) =>
        [
          `${status}`,
          answers(status),
          { ...held, connection: 'misdirected', outcome: 'misdirected' },
        ] as const,
    ),
    ...[401, 403].map(
      (status) =>
        [`${status}`, answers(status), { ...held, connection: 'refused', outcome: 'unauthorised' }] as const,
    ),
    ...[402, 423].map(
      (status) =>
        [`${status}`, answers(status), { ...held, connection: 'paused', outcome: 'paused' }] as const,
    ),
    ...[408, 425, 429, 500, 503].map(
      (status) =>
        [
          `${status}`,
          answers(status),
          { ...retrying, outcome: 'unavailable', code: `HTTP_${status}` },
        ] as const,
    ),
    ...[301, 304, 307, 418].map(
      (status) =>
        [
          `${status}`,
          answers(status, {}, { location: '/elsewhere' }),
          { ...dead, outcome: 'rejected', code: `HTTP_${status}` },
        ] as const,
    ),
  ] as [string, SaasBehaviour, Expected][])(
    '%s',
    async (_name, behaviour, { outcome, connection: health, code, ...expected }) => {
      saas.behave(behaviour)
      await deliver()
      const row = await record()
      expect(row).toMatchObject(expected)
      expect(await attempts()).toMatchObject([{ outcome, ...(code ? { code } : {}) }])
      expect(await connection()).toMatchObject({
        state: health,
        stateReason: health === 'connected' ? null : (expect.any(String) as string),
        // What refuses is tried again with one record in a minute.
        probeAt: expected.state === 'held' ? new Date(stages.clock.now.getTime() + MINUTE_MS) : null,
      })
      expect(saas.calls).toHaveLength(1)
      if (expected.state === 'in_step') return
      expect(row.lastError).toMatch(/^The SaaS .*[a-z]/)
      expect(row.reason).toBe(row.lastError)
      if (expected.state === 'dead') expect(row.dueAt).toBeNull()
      // It goes as soon as the gate of its connection opens.
      if (expected.state === 'held') expect(await dueIn()).toBe(0)
      if (expected.state === 'retrying') {
        expect(await dueIn()).toBeGreaterThanOrEqual(4_000)
        expect(await dueIn()).toBeLessThanOrEqual(6_000)
      }
    },
  )

  const page = '<html>'.repeat(20_000)
  it.each([
    ['silence', () => undefined, 'TIMEOUT'],
    [
      'an answer that does not end',
      (response) => void response.writeHead(200).write('{"success":'),
      'TIMEOUT',
    ],
    ['a broken connection', (response) => void response.socket?.destroy(), 'CONNECTION_RESET'],
    [
      'an answer cut off',
      (response) =>
        void response
          .writeHead(200, { 'content-length': '100' })
          .write('{', () => response.socket?.destroy()),
      'CONNECTION_RESET',
    ],
    ['a page', (response) => void response.writeHead(200).end('<html>'), 'UNREADABLE_ANSWER'],
    ['nothing at all', (response) => void response.writeHead(200).end(), 'UNREADABLE_ANSWER'],
    [
      'more than 64 KiB',
      (response) =>
        void response.writeHead(200).end(JSON.stringify({ success: true, data: { syncedCount: 1 }, page })),
      'UNREADABLE_ANSWER',
    ],
  ] satisfies [string, SaasBehaviour, string][])(
    '%s is no answer: it is tried again',
    async (_name, behaviour, code) => {
      saas.behave(behaviour)
      await deliver({ timeoutMs: 300 })
      expect(await record()).toMatchObject({
        state: 'retrying',
        attempts: 1,
        lastErrorCode: code,
        lastError: expect.stringMatching(/SaaS/) as string,
      })
      expect(await attempts()).toMatchObject([{ outcome: 'unavailable', code }])
      expect(await connection()).toMatchObject({ state: 'connected', breaker: { inARow: 1 } })
    },
  )

  it('an endless answer is not read to its end', async () => {
    let closed = false
    saas.behave((response) => {
      response.on('close', () => (closed = true))
      const feed = () => {
        while (!closed && response.write('x'.repeat(16_384)));
        if (!closed) response.once('drain', feed)
      }
      response.writeHead(200)
      feed()
    })
    await deliver()
    expect(await record()).toMatchObject({ state: 'retrying', lastErrorCode: 'UNREADABLE_ANSWER' })
  })

  /** An address where something listened until now. */
  const deserted = async () => {
    const { url, stop } = await startSaas()
    await stop()
    return url
  }

  it.each([
    ['an address where nothing listens', deserted, 'CONNECTION_REFUSED'],
    ['a name that nobody knows', () => 'http://saas.invalid', 'DNS'],
  ])('%s is unavailable', async (_name, address, code) => {
    await stages.db.query(`UPDATE "SaasConnection" SET "address" = $1`, [await address()])
    await deliver()
    await stages.db.query(`UPDATE "SaasConnection" SET "address" = $1`, [saas.url])
    expect(await record()).toMatchObject({ state: 'retrying', lastErrorCode: code })
    expect(await attempts()).toMatchObject([{ httpStatus: null, code }])
  })

  it.each([
    ['seconds', '3600', 3_600_000],
    ['a date', 'Sat, 21 Nov 2099 12:00:00 GMT', DAY_MS],
    ['less than the schedule', '1', 4_000],
  ])('Retry-After wins when it is longer: %s', async (_case, header, atLeast) => {
    saas.behave(answers(429, {}, { 'retry-after': header }))
    await deliver()
    expect(await dueIn()).toBeGreaterThanOrEqual(atLeast)
    expect(await dueIn()).toBeLessThanOrEqual(Math.max(atLeast, 6_000))
  })

  it('a refusal of a record shows that the SaaS can be reached again, and that it knows our key', async () => {
    let second = 1
    const stateAfter = async (...statuses: number[]) => {
      for (const status of statuses) {
        saas.behave(answers(status))
        await deliver()
        await say(++second)
        stages.clock.tick(MINUTE_MS)
      }
      return (await connection()).state
    }
    expect(await stateAfter(503, 400)).toBe('connected')
    expect(await stateAfter(401, 400)).toBe('connected')
  })

  it('words that cannot be stored do not keep the record from being settled', async () => {
    saas.behave(answers(400, { success: false, error: { code: 'N\u0000O', message: 'a\u0000b' } }))
    await deliver()
    expect(await record()).toMatchObject({
      state: 'dead',
      lastErrorCode: 'N O',
      lastError: expect.stringContaining('The SaaS refused the record (400): a b.') as string,
    })
  })

  it('after more than a day of failures is a dead letter, and newer content wakes it', async () => {
    saas.behave(answers(500))
    const start = stages.clock.now.getTime()
    while ((await record()).state !== 'dead') {
      await deliver()
      stages.clock.tick(Math.max(0, (await dueIn()) || 0))
    }
    expect(stages.clock.now.getTime() - start).toBeGreaterThan(27.6 * 3_600_000)
    expect(await record()).toMatchObject({
      attempts: 42,
      lastError: expect.stringMatching(
        /\(500\)\. It was tried for more than a day\. Send it again when/,
      ) as string,
    })

    await say(1)
    expect(await record()).toMatchObject({ state: 'dead' })
    await say(2, { total: '7.00' })
    expect(await record()).toMatchObject({ state: 'waiting', attempts: 0 })
    saas.behave(takes())
    stages.clock.tick(5 * MINUTE_MS)
    await deliver()
    expect(await record()).toMatchObject({ state: 'in_step', lastError: null })
  })
})

describe('a record that refers to another', () => {
  const missing = answers(422, {
    success: false,
    error: { code: 'MISSING_REFERENCE', message: 'no such product' },
  })
  const product = (externalId: string) =>
    arrival(SHOP, {
      ...orderState(externalId, 1),
      resource: 'product',
      parts: { core: { name: 'Lamp' } },
    } as never)
  const pathOf = () => saas.calls.map(({ json }) => json.resource)
  /** An order of one product, which is refused until the SaaS has the product. */
  async function orderOf(externalId: string) {
    await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = NULL WHERE "id" = $1`, [id])
    const has = new Set<unknown>()
    saas.behave((response, call) => {
      const { resource, data } = Envelope.parse(call.json)
      if (resource === 'product') has.add(data.external_id)
      return (resource === 'product' || has.has(externalId) ? takes() : missing)(response, call)
    })
    await say(2, {
      items: [{ external_id: '1', product_external_id: externalId, name: 'Lamp', quantity: 1 }],
    })
  }
  const states = () =>
    stages.db.query(
      `SELECT "resource", "state" FROM "SyncRecord" WHERE "externalId" IN ('900', '901') OR "id" = $1 ORDER BY 1`,
      [id],
    )

  it('waits when the SaaS lacks that one, which is sent first, and follows it', async () => {
    // The product was taken once, and is not known there any more.
    await intake.accept(product('900'))
    await deliver()
    saas.calls.length = 0
    await orderOf('900')
    stages.clock.tick(1)
    await deliver()
    expect(pathOf()).toEqual(['order', 'product'])
    expect(await states()).toEqual([
      { resource: 'order', state: 'retrying' },
      { resource: 'product', state: 'in_step' },
    ])
    stages.clock.tick(6_000)
    await deliver()
    expect(pathOf()).toEqual(['order', 'product', 'order'])
    expect(await record()).toMatchObject({ state: 'in_step', attempts: 0 })
  })

  it('spends none of the tries of that one when it is being retried itself', async () => {
    await intake.accept(product('901'))
    await orderOf('901')
    saas.behave((response, call) =>
      (call.json.resource === 'product' ? answers(500) : missing)(response, call),
    )
    await deliver()
    for (let n = 0; n < 5; n++) {
      await stages.db.query(`UPDATE "SyncRecord" SET "dueAt" = $2 WHERE "id" = $1`, [id, stages.clock.now])
      await deliver()
    }
    expect(pathOf().filter((resource) => resource === 'product')).toHaveLength(1)
    expect(pathOf().filter((resource) => resource === 'order')).toHaveLength(6)
  })
})

describe('a record that cannot be sent', () => {
  it('is left as it is while the SaaS is not connected: nothing is tried, and none of its tries is spent', async () => {
    const before = await record()
    await stages.db.query(
      `UPDATE "SaasConnection" SET "state" = 'not_connected', "stateReason" = 'The key is missing.'`,
    )
    expect(await (await deliver()).done).toBe('closed')
    expect(await record()).toEqual(before)
    expect([saas.calls, await attempts()]).toEqual([[], []])

    await stages.db.query(`UPDATE "SaasConnection" SET "state" = 'connected', "stateReason" = NULL`)
    await deliver()
    expect(await record()).toMatchObject({ state: 'in_step' })
  })

  it('is held when the key is missing at call time, like one that the SaaS refuses, and spends no try', async () => {
    await deliver({ environmentKey: () => undefined })
    expect(await record()).toMatchObject({
      state: 'held',
      reason: 'The address or the API key of the SaaS is missing.',
      attempts: 0,
      lastErrorCode: 'NOT_CONNECTED',
    })
    expect(saas.calls).toEqual([])
    expect(await connection()).toMatchObject({
      state: 'refused',
      stateReason: 'The address or the API key of the SaaS is missing.',
    })
  })

  it('is excluded when its resource is not selected any more', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "resources" = '{product}'`)
    await deliver()
    await stages.db.query(`UPDATE "SaasConnection" SET "resources" = '{order,product}'`)
    expect(await record()).toMatchObject({
      state: 'excluded',
      reason: 'This resource is not selected for mirroring.',
      dueAt: null,
    })
    expect(saas.calls).toEqual([])
  })

  it('is a dead letter when its stored state cannot be opened, and holds up no other', async () => {
    await stages.db.query(`UPDATE "SyncRecord" SET "known" = '\\x00' WHERE "id" = $1`, [id])
    await intake.accept(arrival(SHOP, orderState(`${number}-other`, 1)))
    await deliver()
    expect(await record()).toMatchObject({ state: 'dead', lastErrorCode: 'UNREADABLE' })
    expect(saas.calls).toMatchObject([{ json: { data: { external_id: `${number}-other` } } }])
  })

  it('carries nothing that the policy of today does not allow', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "piiPolicy" = 'full'`)
    const loose = stages.intake({
      defaults: { ...BUILT_IN, kind: 'environment', address: saas.url, piiPolicy: 'full' },
    })
    await loose.accept(arrival(SHOP, orderState(String(number), 5, { pii: { email: 'ada@example.com' } })))
    await stages.db.query(`UPDATE "SaasConnection" SET "piiPolicy" = 'minimal'`)
    await deliver()
    expect(JSON.stringify(saas.calls[0]!.json)).not.toContain('ada@example.com')
  })
})

describe('the built-in SaaS', () => {
  const useBuiltIn = (sealedKey: Uint8Array) =>
    stages.db.query(`UPDATE "SaasConnection" SET "kind" = 'built_in', "address" = NULL, "sealedKey" = $1`, [
      sealedKey,
    ])
  const restore = () =>
    stages.db.query(
      `UPDATE "SaasConnection" SET "kind" = 'environment', "address" = $1, "sealedKey" = NULL`,
      [saas.url],
    )

  it('is called with the key that was made for the shop', async () => {
    await useBuiltIn(stages.sealer.seal('mirror_key', `saas-key:${shopId}`))
    await deliver({ environmentKey: () => undefined, builtInAddress: saas.url })
    await restore()
    expect(saas.calls[0]?.headers.authorization).toBe('Bearer mirror_key')
    expect(await record()).toMatchObject({ state: 'in_step' })
  })

  it('holds the record when its key cannot be opened', async () => {
    await useBuiltIn(stages.sealer.seal('mirror_key', 'saas-key:another'))
    await deliver()
    await restore()
    expect(await record()).toMatchObject({
      state: 'held',
      reason: expect.stringContaining('PARITY_ENCRYPTION_KEY') as string,
    })
  })
})
