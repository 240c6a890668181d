import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../../tests/support/rows'
import { openStages, type Stages } from '../../../tests/support/stages'
import { payloadPurpose } from '~/intake/event-row'
import { ParityError } from '~/lib/errors'
import { findShopScope } from '../presenters/scope.server'
import { answerReveal } from './answer-reveal.server'
import { isPermitted } from './permitted'
import { type RevealAnswer } from './reveal-wish'

const ALL = ['read_customers', 'read_orders', 'read_products']
const BODY = '{"id":7,"email":"ada@example.com","first_name":"Ada"}'

let stages: Stages
let rows: ReturnType<typeof makeRows>
let ours: ShopRows
let theirs: ShopRows
let scopes: string[]

beforeAll(async () => {
  stages = await openStages()
  rows = makeRows(stages.db)
})
afterAll(() => stages.close())
beforeEach(async () => {
  await stages.db.query(`TRUNCATE "Session", "Shop", "PersonalDataView" CASCADE`)
  ours = await rows.shop('tea.myshopify.com')
  theirs = await rows.shop('coffee.myshopify.com')
  scopes = ALL
})

/** An event with a payload, as intake leaves it. */
async function event(shop: ShopRows, more: object = {}) {
  const made = await rows.event(shop, {
    resource: 'customer',
    externalId: '7',
    topic: 'customers/update',
    ...more,
  })
  const payload = Uint8Array.from(stages.sealer.seal(Buffer.from(BODY), payloadPurpose(made.id)))
  return stages.db.prisma.webhookEvent.update({ where: { id: made.id }, data: { payload } })
}

async function ask(
  fields: [string, string][],
  headers: Record<string, string> = { authorization: 'Bearer token' },
) {
  const request = new Request('https://app.example/app/personal-data', {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  })
  const person = (shop: string, token: string) => {
    if (token !== 'token') throw new ParityError('TOKEN_REFUSED', { message: 'no', userMessage: 'No.' })
    return Promise.resolve({ userId: shop === ours.domain ? '42' : '0', scopes })
  }
  const ports = { db: stages.db, sealer: stages.sealer, clock: () => stages.clock.now, person }
  const response = await answerReveal(request, ports, (await findShopScope(stages.db, ours.domain))!)
  return {
    status: response.status,
    cache: response.headers.get('cache-control'),
    answer: (await response.json()) as RevealAnswer,
  }
}
const askEvent = (id: string) =>
  ask([
    ['subject', 'event'],
    ['id', id],
  ])
const views = () => stages.db.prisma.personalDataView.findMany({ orderBy: { id: 'asc' } })

describe('personal data', () => {
  it('is shown to whom Shopify permits it, kept by nobody on its way, and noted without the data', async () => {
    const { id } = await event(ours)
    const { status, cache, answer } = await askEvent(id)
    expect([status, cache]).toEqual([200, 'no-store'])
    expect(JSON.stringify(answer)).toContain('ada@example.com')
    const noted = await views()
    expect(noted).toMatchObject([
      {
        ...{ store: ours.domain, userId: '42', subject: 'event', subjectId: id },
        ...{ resource: 'customer', externalId: '7', shownAt: stages.clock.now },
      },
    ])
    expect(JSON.stringify(noted)).not.toMatch(/ada@|Ada\b/)
  })

  it('is noted each time', async () => {
    const { id } = await event(ours)
    await askEvent(id)
    await askEvent(id)
    expect(await views()).toHaveLength(2)
  })

  it('is noted for longer than what was shown is kept', async () => {
    const { id } = await event(ours)
    await askEvent(id)
    await stages.db.query(`TRUNCATE "Shop" CASCADE`)
    expect(await views()).toHaveLength(1)
  })

  it('of one record is shown with its content, and noted', async () => {
    const { id } = await rows.record(ours, { resource: 'customer', externalId: '7' })
    const { status, answer } = await ask([
      ['subject', 'record'],
      ['id', id],
    ])
    expect(status).toBe(200)
    expect(answer).toMatchObject({ ok: true, subject: 'record' })
    expect(await views()).toMatchObject([{ subject: 'record', subjectId: id, resource: 'customer' }])
  })

  it('of records in a list is noted for each of them', async () => {
    const [one, other] = [
      await rows.record(ours, { resource: 'customer' }),
      await rows.record(ours, { resource: 'order' }),
    ]
    const { status, answer } = await ask([
      ['subject', 'records'],
      ['id', one.id],
      ['id', other.id],
    ])
    expect(status).toBe(200)
    expect(answer).toMatchObject({ ok: true, subject: 'records', names: {} })
    expect((await views()).map(({ subjectId, resource }) => [subjectId, resource])).toEqual(
      expect.arrayContaining([
        [one.id, 'customer'],
        [other.id, 'order'],
      ]),
    )
  })

  it.each<[string, number, string, () => Promise<[string, string][]>]>([
    [
      'permissions do not include it',
      403,
      'VIEW_NOT_PERMITTED',
      async () => {
        scopes = ['read_products', 'read_orders']
        const { id } = await event(ours)
        return [
          ['subject', 'event'],
          ['id', id],
        ]
      },
    ],
    [
      'it is of another shop',
      404,
      'VIEW_MISSING',
      async () => [
        ['subject', 'event'],
        ['id', (await event(theirs)).id],
      ],
    ],
    [
      'the one record is of another shop',
      404,
      'VIEW_MISSING',
      async () => [
        ['subject', 'record'],
        ['id', (await rows.record(theirs)).id],
      ],
    ],
    [
      'the record is of another shop',
      404,
      'VIEW_MISSING',
      async () => [
        ['subject', 'records'],
        ['id', (await rows.record(theirs)).id],
      ],
    ],
    [
      'the payload has been forgotten',
      404,
      'VIEW_MISSING',
      async () => [
        ['subject', 'event'],
        ['id', (await rows.event(ours)).id],
      ],
    ],
    ['the wish is none', 400, 'VIEW_INVALID', () => Promise.resolve([['subject', 'everything']])],
    [
      'it is no id',
      400,
      'VIEW_INVALID',
      () =>
        Promise.resolve([
          ['subject', 'event'],
          ['id', '1'],
        ]),
    ],
  ])('is not shown, and nothing is noted, where %s', async (_name, status, code, wish) => {
    const fields = await wish()
    const refused = await ask(fields)
    expect(refused).toMatchObject({ status, cache: 'no-store', answer: { ok: false, code } })
    expect(JSON.stringify(refused)).not.toContain('ada')
    expect(await views()).toEqual([])
  })

  it('is not shown to a request that proves nobody, nor when Shopify does not know the person', async () => {
    const { id } = await event(ours)
    const fields: [string, string][] = [
      ['subject', 'event'],
      ['id', id],
    ]
    expect(await ask(fields, {})).toMatchObject({ status: 401, answer: { code: 'VIEW_UNPROVEN' } })
    expect(await ask(fields, { authorization: 'Bearer other' })).toMatchObject({
      status: 502,
      answer: { code: 'TOKEN_REFUSED' },
    })
    expect(await views()).toEqual([])
  })
})

describe('a person may see', () => {
  it.each([
    ['customers', ['read_customers'], 'customer', true],
    ['customers, who may change them', ['write_customers'], 'customer', true],
    ['no customers', ['read_orders', 'read_products'], 'customer', false],
    ['orders', ['read_orders'], 'order', true],
    ['no orders', ['read_customers', 'read_all_orders'], 'order', false],
    ['products, which are no persons', [], 'product', true],
    ['what is about the shop, with both', ['read_orders', 'read_customers'], null, true],
    ['nothing about the shop with one of them', ['read_orders'], null, false],
  ] as const)('%s', (_name, scopes, resource, may) => {
    expect(isPermitted(scopes, resource)).toBe(may)
  })
})
