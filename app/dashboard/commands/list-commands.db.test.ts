import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { openStages, queuedJobs, type Stages } from '../../../tests/support/stages'
import { createLanguage } from '../language'
import { commandWords } from '../components/command-words'
import { findShopScope } from '../presenters/scope.server'
import { answerCommand } from './answer-command.server'
import { type CommandAnswer } from './command'
import { type CommandPorts } from './runner'

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

async function send(fields: [string, string][]): Promise<{ status: number; answer: CommandAnswer }> {
  const request = new Request('https://app.example/app/commands', {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  // These commands need nothing else.
  const { db, queue } = stages
  const ports = { db, queue, clock: () => stages.clock.now } as unknown as CommandPorts
  const response = await answerCommand(request, ports, (await findShopScope(db, ours.domain))!)
  return { status: response.status, answer: (await response.json()) as CommandAnswer }
}
const said = (answer: CommandAnswer) => commandWords(createLanguage({ locale: 'en', timeZone: null }), answer)

describe('a command of the list of records', () => {
  it('tries now what waits for its next try, and says in words what it did not reach', async () => {
    const dueAt = new Date(stages.clock.now.getTime() + 3_600_000)
    const waits = await rows.record(ours, { state: 'retrying', desiredHash: 'h', dueAt })
    const dead = await rows.record(ours, { state: 'dead', desiredHash: 'h' })
    const foreign = await rows.record(theirs, { state: 'retrying', desiredHash: 'h', dueAt })
    const ids = [waits, dead, foreign].map(({ id }): [string, string] => ['id', id])
    const { status, answer } = await send([['intent', 'retry'], ...ids])
    expect(status).toBe(200)
    expect(said(answer)).toContain('1 record is tried now.')
    expect(said(answer)).toContain('1 was not waiting for another try.')
    expect(said(answer)).toContain('1 is not there any more.')
    expect((await stages.db.prisma.syncRecord.findUniqueOrThrow({ where: foreign })).dueAt).toEqual(dueAt)
  })

  it('is refused when it reaches none', async () => {
    const { id } = await rows.record(ours, { state: 'in_step', desiredHash: 'h' })
    expect(
      await send([
        ['intent', 'retry'],
        ['id', id],
      ]),
    ).toMatchObject({
      status: 409,
      answer: { ok: false, code: 'RECORD_NOT_RETRYING' },
    })
  })

  it('has all that match sent again by a job, and says how many there are', async () => {
    for (const state of ['waiting', 'retrying', 'held', 'delivering', 'dead'])
      await rows.record(ours, { state, desiredHash: 'h', resource: 'order' })
    await rows.record(ours, { state: 'held', desiredHash: 'h', resource: 'product' })
    await rows.record(theirs, { state: 'held', desiredHash: 'h', resource: 'order' })
    const { answer } = await send([
      ['intent', 'replay-matching'],
      ['state', 'under_way'],
      ['resource', 'order'],
    ])
    expect(said(answer)).toBe('3 records are sent again, one after the other.')
    expect(await queuedJobs(stages.db)).toEqual([
      {
        name: 'replayMatching',
        key: `${ours.id}/order/waiting+retrying+held/${stages.clock.now.toISOString()}`,
      },
    ])
  })

  it('sends no job where nothing matches, and knows no other state', async () => {
    expect(
      await send([
        ['intent', 'replay-matching'],
        ['state', 'dead'],
      ]),
    ).toMatchObject({
      answer: { count: 0 },
    })
    for (const state of ['excluded', 'delivering', 'gone'])
      expect(
        await send([
          ['intent', 'replay-matching'],
          ['state', state],
        ]),
      ).toMatchObject({
        status: 400,
        answer: { ok: false, code: 'COMMAND_INVALID' },
      })
    expect(await queuedJobs(stages.db)).toEqual([])
  })
})
