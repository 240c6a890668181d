import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import {
  arrival,
  BUILT_IN,
  install,
  openStages,
  queuedJobs,
  type Stages,
} from '../../../tests/support/stages'
import { causeKey } from '~/records/cause'
import { findShopScope } from '../presenters/scope.server'
import { answerCommand } from './answer-command.server'
import { type CommandAnswer } from './command'
import { type CommandPorts } from './runner'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const DEAD = { state: 'dead', desiredHash: 'h', reason: 'No price.' }

let stages: Stages
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  ours = await rows.shop('tea.myshopify.com')
  theirs = await rows.shop('coffee.myshopify.com')
})

function ports(): CommandPorts {
  const { db, queue, sealer, logger } = stages
  const clock = () => stages.clock.now
  const issueReceiverKey = () => Promise.resolve('key')
  const map = () => [{ kind: 'ignored' as const, reason: 'Nobody handles this topic.' }]
  const saas = {
    defaults: BUILT_IN,
    issueReceiverKey,
    access: { sealer, environmentKey: () => undefined, builtInAddress: 'http://127.0.0.1:1' },
  }
  const replay = { db, queue, sealer, logger, clock, map, defaults: BUILT_IN, issueReceiverKey }
  return { db, queue, clock, replay, sealer, sendsMail: true, saas }
}

async function send(body: string | Uint8Array, type = 'application/x-www-form-urlencoded') {
  const scope = (await findShopScope(stages.db, ours.domain))!
  const headers = { 'content-type': type }
  const request = new Request('https://app.example/app/commands', {
    method: 'POST',
    headers,
    body: body as BodyInit,
  })
  const response = await answerCommand(request, ports(), scope)
  return { status: response.status, answer: (await response.json()) as CommandAnswer }
}
type Fields = Record<string, string> | [string, string][]
const form = (fields: Fields) => send(new URLSearchParams(fields).toString())
const connectionOf = (shop: ShopRows) =>
  stages.db.prisma.saasConnection.findUniqueOrThrow({ where: { shopId: shop.id } })
const record = (id: string) => stages.db.prisma.syncRecord.findUniqueOrThrow({ where: { id } })

/** Everything that a command could change. */
const everything = async () => ({
  connections: await stages.db.prisma.saasConnection.findMany({ orderBy: { id: 'asc' } }),
  records: await stages.db.prisma.syncRecord.findMany({ orderBy: { id: 'asc' } }),
  events: await stages.db.prisma.webhookEvent.findMany({ orderBy: { id: 'asc' } }),
  runs: await stages.db.prisma.syncRun.findMany({ include: { slices: true }, orderBy: { id: 'asc' } }),
  jobs: await queuedJobs(stages.db),
})

describe('a command', () => {
  it('pauses and resumes the connection of the shop', async () => {
    const { id: connection } = await connectionOf(ours)
    expect(await form({ intent: 'pause', connection })).toMatchObject({ status: 200, answer: { ok: true } })
    expect((await connectionOf(ours)).pausedAt).toEqual(stages.clock.now)
    expect(await form({ intent: 'resume', connection })).toMatchObject({ status: 200 })
    expect((await connectionOf(ours)).pausedAt).toBeNull()
    expect((await connectionOf(theirs)).pausedAt).toBeNull()
  })

  it('sends records again, and says which were not and why', async () => {
    const dead = await rows.record(ours, DEAD)
    const excluded = await rows.record(ours, { ...DEAD, state: 'excluded' })
    const ids: [string, string][] = [
      ['intent', 'replay'],
      ['id', dead.id],
      ['id', excluded.id],
      ['id', NOBODY],
    ]
    const { status, answer } = await form(ids)
    expect(status).toBe(200)
    expect(answer).toMatchObject({ ok: true, intent: 'replay', count: 1 })
    expect(answer.ok && answer.left).toEqual(
      expect.arrayContaining([
        { id: excluded.id, why: 'excluded' },
        { id: NOBODY, why: 'missing' },
      ]),
    )
    expect(await record(dead.id)).toMatchObject({ state: 'waiting' })
  })

  it('has them held while the connection is paused', async () => {
    await stages.db.query(`UPDATE "SaasConnection" SET "pausedAt" = now()`)
    const { id } = await rows.record(ours, DEAD)
    await form({ intent: 'replay', id })
    expect(await record(id)).toMatchObject({ state: 'held', reason: 'Sending is paused.' })
  })

  it('has all that died of one cause sent again by a job, or dismissed, and counts them', async () => {
    const cause = 'NO_PRICE\nprice is missing'
    for (const more of [{}, {}, { cause: 'OTHER' }, { resource: 'order' }])
      await rows.record(ours, { ...DEAD, cause, diedAt: stages.clock.now, ...more })
    await rows.record(theirs, { ...DEAD, cause, diedAt: stages.clock.now })
    const group = { resource: 'product', cause: causeKey(cause) }

    expect(await form({ intent: 'replay-group', ...group })).toMatchObject({
      status: 200,
      answer: { count: 2 },
    })
    expect(await form({ intent: 'dismiss-group', ...group, reason: ' No  use. ' })).toMatchObject({
      status: 200,
      answer: { count: 2 },
    })
    const until = stages.clock.now.toISOString()
    const key = `${ours.id}/product/${causeKey(cause)}`
    expect(await queuedJobs(stages.db)).toEqual([
      { name: 'dismissDead', key: `${key}/${until}` },
      { name: 'replayDead', key: `${key}/1970-01-01T00:00:00.000Z/${until}` },
    ])
  })

  it('has all that died since a time sent again by a job, which it counts', async () => {
    await rows.record(ours, { ...DEAD, diedAt: stages.clock.now })
    await rows.record(theirs, { ...DEAD, diedAt: stages.clock.now })
    const since = '2026-11-21T01:00:00+02:00'
    expect(await form({ intent: 'replay-dead', since })).toMatchObject({ status: 200, answer: { count: 1 } })
    expect(await queuedJobs(stages.db)).toEqual([
      {
        name: 'replayDead',
        key: `${ours.id}/all/2026-11-20T23:00:00.000Z/${stages.clock.now.toISOString()}`,
      },
    ])
    expect(await form({ intent: 'replay-dead', since, resource: 'order' })).toMatchObject({
      answer: { count: 0 },
    })
    expect(await queuedJobs(stages.db)).toHaveLength(1)
  })

  it('dismisses with a reason', async () => {
    const { id } = await rows.record(ours, DEAD)
    expect(await form({ intent: 'dismiss', id, reason: 'Twice there.' })).toMatchObject({
      status: 200,
      answer: { ok: true, count: 1 },
    })
    expect(await record(id)).toMatchObject({ state: 'excluded', reason: 'Dismissed: Twice there.' })
  })

  it('replays an event, and by a job all since a time', async () => {
    await install(stages.db, ours.domain)
    const news = { kind: 'unmapped' as const, reason: 'No id.' }
    await stages.intake().accept(arrival(ours.domain, news))
    const { id: event } = await stages.db.prisma.webhookEvent.findFirstOrThrow({
      where: { outcome: 'unmapped' },
    })
    expect(await form({ intent: 'replay-event', event })).toMatchObject({
      status: 200,
      answer: { ok: true, outcome: 'ignored', count: 1 },
    })
    await stages.db.query(`DELETE FROM pgboss.job`)
    expect(await form({ intent: 'replay-events', since: '2026-11-21T00:00:00Z' })).toMatchObject({
      status: 200,
    })
    expect(await queuedJobs(stages.db)).toEqual([
      {
        name: 'replayEvents',
        key: `${ours.source.id}/2026-11-21T00:00:00.000Z/${stages.clock.now.toISOString()}`,
      },
    ])
  })
})

describe('a command about runs', () => {
  const runs = () =>
    stages.db.prisma.syncRun.findMany({
      where: { sourceConnectionId: ours.source.id },
      include: { slices: true },
      orderBy: { id: 'asc' },
    })
  beforeEach(() => install(stages.db, ours.domain))

  it('brings in a resource since a date', async () => {
    const since = '2026-11-01T00:00:00Z'
    expect(await form({ intent: 'backfill', resource: 'product', since })).toMatchObject({ status: 200 })
    const [run] = await runs()
    expect(run).toMatchObject({ kind: 'backfill', resource: 'product', state: 'waiting' })
    expect(run!.slices).toMatchObject([{ resource: 'product', updatedFrom: new Date(since) }])
    expect(await queuedJobs(stages.db)).toEqual([{ name: 'workRun', key: run!.id }])
  })

  it('compares all of the store', async () => {
    expect(await form({ intent: 'reconcile' })).toMatchObject({ status: 200 })
    expect(await runs()).toMatchObject([{ kind: 'deep-reconciliation', resource: null }])
  })

  it('cancels one, and starts it again', async () => {
    await form({ intent: 'backfill' })
    const [{ id: run } = { id: '' }] = await runs()
    expect(await form({ intent: 'cancel-run', run })).toMatchObject({ status: 200 })
    expect(await runs()).toMatchObject([{ state: 'cancelled' }])
    expect(await form({ intent: 'start-run-again', run })).toMatchObject({ status: 200 })
    expect(await runs()).toMatchObject([{ state: 'cancelled' }, { state: 'waiting', kind: 'backfill' }])
  })

  it.each(['confirm-run', 'decline-run'])('answers one that asks (%s), once', async (intent) => {
    await form({ intent: 'reconcile' })
    const [{ id: run } = { id: '' }] = await runs()
    await stages.db.query(`UPDATE "SyncRun" SET "state" = 'asking'`)
    expect(await form({ intent, run })).toMatchObject({ status: 200 })
    expect(await runs()).toMatchObject([{ state: 'running' }])
    expect(await form({ intent, run })).toMatchObject({ status: 409, answer: { code: 'RUN_NOT_ASKING' } })
  })

  it.each<[string, number, string, () => Fields | Promise<Fields>]>([
    ['what does not exist', 400, 'RESOURCE_UNKNOWN', () => ({ intent: 'backfill', resource: 'dragon' })],
    ['tomorrow', 400, 'SINCE_TO_COME', () => ({ intent: 'backfill', since: '2036-01-01T00:00:00Z' })],
    [
      'a second time while it runs',
      409,
      'RUN_UNDER_WAY',
      async () => {
        await form({ intent: 'backfill' })
        return { intent: 'backfill' }
      },
    ],
    ['a run that is not there', 404, 'RUN_MISSING', () => ({ intent: 'cancel-run', run: NOBODY })],
    [
      "another shop's run",
      404,
      'RUN_MISSING',
      async () => {
        const { id } = await stages.db.prisma.syncRun.create({
          data: {
            id: crypto.randomUUID(),
            sourceConnectionId: theirs.source.id,
            kind: 'backfill',
            state: 'asking',
            startedAt: stages.clock.now,
          },
        })
        return { intent: 'confirm-run', run: id }
      },
    ],
  ])('refuses %s (%i %s)', async (_name, status, code, make) => {
    const fields = await make()
    const before = await everything()
    expect(await form(fields)).toMatchObject({ status, answer: { ok: false, code } })
    expect(await everything()).toEqual(before)
  })
})

describe('a command that cannot be carried out is refused in words, and changes nothing:', () => {
  const many = Array.from({ length: 251 }, () => ['id', crypto.randomUUID()] as [string, string])
  const foreign = async (intent: string) => ({ intent, connection: (await connectionOf(theirs)).id })
  const dead = async (of = ours) => (await rows.record(of, DEAD)).id

  it.each<[string, number, string, () => Fields | Promise<Fields>]>([
    ['no intent', 400, 'COMMAND_INVALID', () => ({})],
    ['an intent that nobody knows', 400, 'COMMAND_INVALID', () => ({ intent: 'erase' })],
    ['a pause of nothing', 400, 'COMMAND_INVALID', () => ({ intent: 'pause' })],
    ["a pause of another shop's connection", 404, 'CONNECTION_MISSING', () => foreign('pause')],
    ["a resumption of another shop's connection", 404, 'CONNECTION_MISSING', () => foreign('resume')],
    ['a replay of no record', 400, 'COMMAND_INVALID', () => ({ intent: 'replay' })],
    ['a replay of what is no id', 400, 'COMMAND_INVALID', () => ({ intent: 'replay', id: "1' OR 1=1" })],
    [
      'a replay of a record that is not there',
      404,
      'RECORD_MISSING',
      () => ({ intent: 'replay', id: NOBODY }),
    ],
    [
      "a replay of another shop's record",
      404,
      'RECORD_MISSING',
      async () => ({ intent: 'replay', id: await dead(theirs) }),
    ],
    ['a replay of too many', 400, 'SELECTION_INVALID', () => [['intent', 'replay'], ...many]],
    ['a replay since no time', 400, 'COMMAND_INVALID', () => ({ intent: 'replay-dead', since: 'yesterday' })],
    ...(['replay-dead', 'replay-events'] as const).map(
      (intent) =>
        [
          `${intent} since a time that is still to come`,
          400,
          'SINCE_TO_COME',
          () => ({ intent, since: new Date(stages.clock.now.getTime() + 1).toISOString() }),
        ] as [string, number, string, () => Fields],
    ),
    [
      'a replay of no resource',
      400,
      'COMMAND_INVALID',
      () => ({ intent: 'replay-dead', since: '2026-11-21T00:00:00Z', resource: 'dragon' }),
    ],
    [
      'a dismissal without a reason',
      400,
      'REASON_MISSING',
      async () => ({ intent: 'dismiss', id: await dead(), reason: ' ' }),
    ],
    [
      'a replay of a group that is not there',
      404,
      'GROUP_MISSING',
      () => ({ intent: 'replay-group', resource: 'product', cause: "' OR 1=1" }),
    ],
    [
      "a dismissal of another shop's group",
      404,
      'GROUP_MISSING',
      async () => {
        await rows.record(theirs, { ...DEAD, cause: 'A' })
        return { intent: 'dismiss-group', resource: 'product', cause: causeKey('A'), reason: 'No.' }
      },
    ],
    [
      'a dismissal of a group without a reason',
      400,
      'REASON_MISSING',
      async () => {
        await rows.record(ours, { ...DEAD, cause: 'A' })
        return { intent: 'dismiss-group', resource: 'product', cause: causeKey('A'), reason: '\n' }
      },
    ],
    [
      'a dismissal of what lives',
      409,
      'RECORD_NOT_DEAD',
      async () => ({
        intent: 'dismiss',
        id: (await rows.record(ours, { desiredHash: 'h' })).id,
        reason: 'No.',
      }),
    ],
    [
      'a replay of an event that is not there',
      404,
      'EVENT_MISSING',
      () => ({ intent: 'replay-event', event: NOBODY }),
    ],
    [
      "a replay of another shop's event",
      404,
      'EVENT_MISSING',
      async () => ({
        intent: 'replay-event',
        event: (await rows.event(theirs, { outcome: 'unmapped', payload: Buffer.from('x') })).id,
      }),
    ],
    [
      'a replay of an event without its payload',
      410,
      'PAYLOAD_FORGOTTEN',
      async () => ({ intent: 'replay-event', event: (await rows.event(ours, { outcome: 'unmapped' })).id }),
    ],
  ])('%s (%i %s)', async (_name, status, code, make) => {
    const fields = await make()
    const before = await everything()
    const refused = await form(fields)
    expect(refused).toMatchObject({ status, answer: { ok: false, code } })
    expect(!refused.answer.ok && refused.answer.message).toMatch(/^[A-Z].+\.$/)
    expect(await everything()).toEqual(before)
  })

  it('what is no form, and what is too large', async () => {
    expect(await send('{"intent":"pause"}', 'application/json')).toMatchObject({ status: 415 })
    expect(await send(`intent=dismiss&reason=${'a'.repeat(70_000)}`)).toMatchObject({ status: 413 })
  })

  it('never repeats what was sent', async () => {
    const { answer } = await form({ intent: '<script>', id: 'secret' })
    expect(JSON.stringify(answer)).not.toMatch(/script|secret/)
  })
})
