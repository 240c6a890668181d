import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStages, type Stages } from '../../tests/support/stages'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { changeAlertSettings, renewAlertSecret } from './change-settings'
import { forgetIncidents } from './forget-incidents'
import { CERTAIN_AFTER_MS, OVER_AFTER_MS } from './judge-incident'
import { makeNotices } from './make-notices'
import { createMailSender } from './send-mail'
import { type NoticePorts, sendNotices } from './send-notices'
import { createWebhookSender } from './send-webhook'
import { watchIncidents } from './watch-incidents'

const FOR_EVER = new AbortController().signal

let stages: Stages
let rows: ReturnType<typeof makeRows>
let shop: ShopRows
let mails: string[]
let posts: { headers: IncomingMessage['headers']; body: string }[]
let answers: number[]
let smtp: SMTPServer
let http: Server
let refusesMail: boolean

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refusesMail ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        mails.push(text)
        done()
      })
    },
  })
  http = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      posts.push({ headers: request.headers, body })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  await new Promise<void>((done) => smtp.close(done))
  await new Promise((done) => http.close(done))
  await stages.close()
})
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Shop" CASCADE`)
  shop = await rows.shop('tea.myshopify.com')
  mails = []
  posts = []
  answers = []
  refusesMail = false
})

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port
const hook = () => `http://127.0.0.1:${portOf(http)}/hook`
const want = (wish: { email?: string; webhookUrl?: string; failuresFrom?: number }, of = shop) =>
  changeAlertSettings(
    stages.db,
    of.id,
    { email: null, webhookUrl: null, failuresFrom: 10, locale: 'en', ...wish },
    { sealer: stages.sealer, now: stages.clock.now },
  )
const connect = (state: string, of = shop) =>
  stages.db.prisma.saasConnection.update({ where: { shopId: of.id }, data: { state } })
const turn = () => ({ now: stages.clock.now, since: null, signal: FOR_EVER })
const watch = () => watchIncidents(stages.db, turn())
const ports = (): NoticePorts => ({
  db: stages.db,
  logger: stages.logger,
  tell: ({ subject, kind }) => ({ title: `${subject} ${kind ?? ''}`.trim(), body: 'What to do.' }),
  by: {
    email: createMailSender({
      smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server)}`,
      from: 'parity@parity.example',
    }),
    webhook: createWebhookSender({ sealer: stages.sealer, fetch }),
  },
})
const send = (with_: Partial<NoticePorts> = {}) => sendNotices({ ...ports(), ...with_ }, turn())
const later = async (ms: number) => {
  stages.clock.tick(ms)
  await watch()
}
const notices = () => stages.db.prisma.alertNotice.findMany({ orderBy: { id: 'asc' } })

describe('an outage of the SaaS', () => {
  it('is told once when it has lasted, and once when it is over', async () => {
    const { secret } = await want({ email: 'owner@tea.example', webhookUrl: hook() })
    await connect('unreachable')
    await watch()
    await later(CERTAIN_AFTER_MS - 1)
    await send()
    expect([mails, posts]).toEqual([[], []])

    await later(1)
    await later(60_000)
    await send()
    await send()
    expect(mails).toHaveLength(1)
    expect(mails[0]).toContain('Subject: begun connection')
    expect(mails[0]).toContain('To: owner@tea.example')
    expect(posts).toHaveLength(1)
    const { headers, body } = posts[0]!
    expect(new Webhook(secret!).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'incident.begun',
      data: { shop: 'tea.myshopify.com', kind: 'connection', cause: 'unreachable', closed_at: null },
      text: 'begun connection\nWhat to do.',
    })

    await connect('connected')
    await later(OVER_AFTER_MS)
    await send()
    expect(mails).toHaveLength(2)
    expect(mails[1]).toContain('Subject: over connection')
    expect(JSON.parse(posts[1]!.body)).toMatchObject({ type: 'incident.over' })
    await later(OVER_AFTER_MS)
    await send()
    expect(mails).toHaveLength(2)
  })

  it('that comes and goes is one incident', async () => {
    await want({ webhookUrl: hook() })
    await connect('refused')
    await watch()
    await later(CERTAIN_AFTER_MS)
    for (const state of ['connected', 'refused', 'connected', 'unreachable']) {
      await connect(state)
      await later(60_000)
    }
    expect(await stages.db.prisma.incident.findMany()).toHaveLength(1)
    expect(await notices()).toHaveLength(1)
  })

  it('that passes by itself is told to nobody', async () => {
    await want({ webhookUrl: hook() })
    await connect('unreachable')
    await watch()
    await connect('connected')
    await later(OVER_AFTER_MS)
    expect(await notices()).toEqual([])
    expect(await stages.db.prisma.incident.findFirst()).toMatchObject({
      closedAt: stages.clock.now,
      toldAt: null,
    })
  })

  it('is told once, also when two watch at the same time', async () => {
    await want({ webhookUrl: hook() })
    await connect('unreachable')
    await Promise.all([watch(), watch()])
    stages.clock.tick(CERTAIN_AFTER_MS)
    await Promise.all([watch(), watch()])
    expect(await stages.db.prisma.incident.count()).toBe(1)
    expect(await notices()).toHaveLength(1)
    await Promise.all([send(), send()])
    expect(posts).toHaveLength(1)
  })

  it('is not watched where nobody wants to hear of it, nor told to another shop', async () => {
    const other = await rows.shop('coffee.myshopify.com')
    await want({ webhookUrl: hook() }, other)
    await connect('unreachable')
    await watch()
    await later(CERTAIN_AFTER_MS)
    expect(await stages.db.prisma.incident.count()).toBe(0)
  })

  it.each([
    ['disconnects', { state: 'not_connected' }],
    ['pauses', { pausedAt: new Date() }],
  ])('that a person knows of, who %s, ends without a word', async (_what, data) => {
    await want({ webhookUrl: hook() })
    await connect('unreachable')
    await watch()
    await later(CERTAIN_AFTER_MS)
    await stages.db.prisma.saasConnection.update({ where: { shopId: shop.id }, data })
    await later(OVER_AFTER_MS)
    expect(await notices()).toMatchObject([{ subject: 'begun' }])
    expect(await stages.db.prisma.incident.findFirst()).toMatchObject({ closedAt: stages.clock.now })
  })

  it('closes without a word when the shop does not want to be told any more', async () => {
    await want({ webhookUrl: hook() })
    await connect('unreachable')
    await watch()
    await later(CERTAIN_AFTER_MS)
    await want({})
    await later(OVER_AFTER_MS)
    await send()
    expect(posts).toEqual([])
    expect(await stages.db.prisma.incident.findFirst()).toMatchObject({ closedAt: stages.clock.now })
    expect(await notices()).toMatchObject([{ code: 'RECEIVER_GONE', dueAt: null }])
  })
})

describe('records that fail', () => {
  it('are told when there are as many as the shop has said', async () => {
    await want({ email: 'owner@tea.example', failuresFrom: 2 })
    await rows.record(shop, { state: 'dead' })
    await watch()
    expect(await stages.db.prisma.incident.count()).toBe(0)

    await rows.record(shop, { state: 'dead' })
    await watch()
    await later(CERTAIN_AFTER_MS)
    await send()
    expect(await stages.db.prisma.incident.findMany()).toMatchObject([{ kind: 'failures', count: 2 }])
    expect(mails[0]).toContain('begun failures')
  })
})

describe('a notice', () => {
  it('that is not taken is tried again, and bears the same id', async () => {
    await want({ webhookUrl: hook() })
    await makeNotices(stages.db, shop.id, { incidentId: null, subject: 'test' }, stages.clock.now)
    answers = [500]
    await send()
    expect(await notices()).toMatchObject([{ code: 'HTTP_500', tries: 1, sentAt: null }])
    await send()
    expect(posts).toHaveLength(1)
    stages.clock.tick(60_000)
    await send()
    expect(await notices()).toMatchObject([{ code: null, tries: 2, sentAt: stages.clock.now, dueAt: null }])
    expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  it('is given up after a while, and at once where the receiver says so', async () => {
    await want({ webhookUrl: hook(), email: 'nobody@tea.example' })
    await makeNotices(stages.db, shop.id, { incidentId: null, subject: 'test' }, stages.clock.now)
    refusesMail = true
    answers = Array<number>(20).fill(503)
    for (let hour = 0; hour < 12; hour += 1) {
      await send()
      stages.clock.tick(2 * 60 * 60_000)
    }
    expect(posts).toHaveLength(8)
    expect(
      (await notices()).map(({ channel, code, dueAt, tries }) => ({ channel, code, dueAt, tries })),
    ).toEqual([
      { channel: 'email', code: 'SMTP_550', dueAt: null, tries: 1 },
      { channel: 'webhook', code: 'HTTP_503', dueAt: null, tries: 8 },
    ])
  })

  it('that cannot be made keeps no other from being sent, and is given up as well', async () => {
    const other = await rows.shop('coffee.myshopify.com')
    for (const each of [shop, other]) {
      await want({ webhookUrl: hook() }, each)
      await makeNotices(stages.db, each.id, { incidentId: null, subject: 'test' }, stages.clock.now)
    }
    await stages.db.query(`UPDATE "AlertSettings" SET "webhookSecret" = 'nothing' WHERE "shopId" = $1`, [
      shop.id,
    ])
    for (let hour = 0; hour < 12; hour += 1) {
      await send()
      stages.clock.tick(2 * 60 * 60_000)
    }
    expect(posts).toHaveLength(1)
    const kept = (await notices()).map(({ shopId, code, dueAt, tries }) => ({ shopId, code, dueAt, tries }))
    expect(kept).toEqual(
      expect.arrayContaining([
        { shopId: shop.id, code: 'SEAL_BROKEN', dueAt: null, tries: 8 },
        { shopId: other.id, code: null, dueAt: null, tries: 1 },
      ]),
    )
  })

  it('waits for a mail server that does not let us in', async () => {
    await want({ email: 'owner@tea.example' })
    await makeNotices(stages.db, shop.id, { incidentId: null, subject: 'test' }, stages.clock.now)
    const smtpUrl = `smtp://parity:wrong@127.0.0.1:${portOf(smtp.server)}`
    const email = createMailSender({ smtpUrl, from: 'parity@parity.example' })
    await send({ by: { ...ports().by, email } })
    expect(await notices()).toMatchObject([{ code: 'SMTP_535', tries: 1, dueAt: expect.any(Date) as Date }])
  })

  it('says so where no mail can be sent', async () => {
    await want({ email: 'owner@tea.example' })
    await makeNotices(stages.db, shop.id, { incidentId: null, subject: 'test' }, stages.clock.now)
    await send({ by: { ...ports().by, email: createMailSender(null) } })
    expect(await notices()).toMatchObject([{ code: 'MAIL_NOT_SET_UP', dueAt: null }])
  })

  it('is forgotten after three months, with its incident', async () => {
    await want({ webhookUrl: hook() })
    await connect('unreachable')
    await watch()
    await later(CERTAIN_AFTER_MS)
    await connect('connected')
    await later(OVER_AFTER_MS)
    const in90Days = new Date(stages.clock.now.getTime() + 90 * 86_400_000)
    expect(await forgetIncidents(stages.db, in90Days, FOR_EVER)).toBe(1)
    expect(await forgetIncidents(stages.db, new Date(in90Days.getTime() + 1), FOR_EVER)).toBe(2)
    expect(await stages.db.prisma.incident.count()).toBe(0)
  })
})

describe('the secret of an address', () => {
  it('is given once, stays with the address, and can be renewed', async () => {
    const first = await want({ webhookUrl: hook() })
    expect(first.secret).toMatch(/^whsec_/)
    expect((await want({ webhookUrl: hook(), failuresFrom: 3 })).secret).toBeNull()
    const another = await want({ webhookUrl: `${hook()}/2` })
    expect(another.secret).toMatch(/^whsec_/)
    expect(another.secret).not.toBe(first.secret)
    const renewed = await renewAlertSecret(stages.db, shop.id, {
      sealer: stages.sealer,
      now: stages.clock.now,
    })
    expect(renewed).not.toBe(another.secret)
    await want({})
    expect(
      await renewAlertSecret(stages.db, shop.id, { sealer: stages.sealer, now: stages.clock.now }),
    ).toBeNull()
  })
})
