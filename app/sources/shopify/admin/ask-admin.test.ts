import { Session } from '@shopify/shopify-api'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AskAdmin, createAskAdmin } from './ask-admin.server'
import { createBudget } from './budget'
import { type Fetch } from './call-shop.server'
import { fetchRecords } from './fetch-records'
import { leaves, object, select } from './selection'

const SHOP = 'quiet-harbour.myshopify.com'
const NOW = new Date('2026-11-22T04:00:00Z')
const DATE = { Date: 'Sun, 22 Nov 2026 04:00:09 GMT' }

/** A store that gives these answers in turn, and whose sessions have these tokens in turn; the last ones stay. */
function store(answers: (() => Response)[], tokens = ['token']) {
  const asked: { token: string | null; body: unknown }[] = []
  const slept: number[] = []
  let session = 0
  let now = NOW.getTime()
  const clock = () => new Date(now)
  const fetch: Fetch = (_, init) => {
    asked.push({
      token: new Headers(init?.headers).get('X-Shopify-Access-Token'),
      body: JSON.parse(init?.body as string) as unknown,
    })
    const next = answers.length > 1 ? answers.shift() : answers[0]
    return Promise.resolve(next?.() ?? new Response())
  }
  const ask = createAskAdmin({
    shop: SHOP,
    fetch,
    clock,
    signal: new AbortController().signal,
    sessions: (shop) => {
      const accessToken = tokens[Math.min(session++, tokens.length - 1)] ?? ''
      return Promise.resolve(
        new Session({ id: `offline_${shop}`, shop, state: '', isOnline: false, accessToken }),
      )
    },
    budget: createBudget({
      clock,
      signal: new AbortController().signal,
      sleep: (ms) => {
        slept.push(ms)
        now += ms
        return Promise.resolve()
      },
    }),
  })
  return { ask, asked, slept }
}

const answered = (body: object) => () => Response.json(body, { headers: DATE })
const question = {
  kind: 'name',
  query: 'query Name { shop { name plan } }',
  answer: z.object({
    shop: z.object({ name: z.string().nullable(), plan: z.string().nullable().optional() }),
  }),
  selection: select('QueryRoot', { shop: object('shop', select('Shop', leaves('name', 'plan'))) }),
}
const errors = (...codes: string[]) => ({
  errors: codes.map((code) => ({ message: 'x', extensions: { code } })),
})

describe('a question to the Admin API', () => {
  it('is answered with when it was put, by the clock of the store', async () => {
    const { ask, asked } = store([answered({ data: { shop: { name: 'Harbour', plan: null } } })])
    expect(await ask({ ...question, variables: { a: 1 } })).toEqual({
      data: { shop: { name: 'Harbour', plan: null } },
      denied: [],
      askedAt: '2026-11-22T04:00:09.000000000Z',
    })
    expect(asked).toEqual([{ token: 'token', body: { query: question.query, variables: { a: 1 } } }])
  })

  it('is answered without what is withheld, which it names', async () => {
    const error = { path: ['shop', 'plan'], extensions: { code: 'ACCESS_DENIED' } }
    const { ask } = store([answered({ data: { shop: { name: null, plan: null } }, errors: [error, error] })])
    expect(await ask(question)).toMatchObject({ data: { shop: { name: null } }, denied: ['Shop.plan'] })
  })

  it('goes on when the token is replaced just then', async () => {
    const { ask, asked } = store(
      [() => new Response('', { status: 401 }), answered({ data: { shop: { name: 'Harbour' } } })],
      ['old', 'new'],
    )
    expect((await ask(question)).data.shop.name).toBe('Harbour')
    expect(asked.map(({ token }) => token)).toEqual(['old', 'new'])
  })

  it('is refused when the token is no good and no other is there', async () => {
    const { ask, asked } = store([() => new Response('', { status: 401 })])
    await expect(ask(question)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' })
    expect(asked).toHaveLength(1)
  })

  it('is asked again after a while when the store says that it is too much', async () => {
    const { ask, slept } = store([
      () => new Response('', { status: 429, headers: { 'Retry-After': '3' } }),
      answered(errors('THROTTLED')),
      answered({ data: { shop: { name: 'Harbour' } } }),
    ])
    expect((await ask(question)).data.shop.name).toBe('Harbour')
    expect(slept).toEqual([3_000, 1_000])
  })

  it.each([
    ['SHOPIFY_UNREACHABLE', answered(errors('INTERNAL_SERVER_ERROR'))],
    ['SHOPIFY_UNREACHABLE', () => new Response('bad gateway', { status: 502 })],
    ['SHOPIFY_ANSWER', answered(errors('undefinedField'))],
    ['SHOPIFY_ANSWER', answered(errors('MAX_COST_EXCEEDED'))],
    ['SHOPIFY_ANSWER', answered({ data: { shop: 'a text' } })],
    ['SHOPIFY_ANSWER', answered({ errors: 'a text' })],
    ['SHOPIFY_ANSWER', () => new Response('<html>')],
  ])('fails with %s where the answer is of no use', async (code, answer) => {
    await expect(store([answer]).ask(question)).rejects.toMatchObject({ code })
  })
})

describe('a set of ids that costs too much for one question', () => {
  const atMost = (most: number) => {
    const sizes: number[] = []
    const asking: AskAdmin = async (asked) => {
      const { ids } = asked.variables as { ids: string[] }
      sizes.push(ids.length)
      const data = { nodes: ids.map((id) => ({ id, updatedAt: '2026-11-01T00:00:00Z' })) }
      const answer = ids.length > most ? errors('MAX_COST_EXCEEDED') : { data }
      return store([answered(answer)]).ask(asked)
    }
    return { sizes, fetching: { ask: asking, resource: 'category' as const, denied: new Set<string>() } }
  }

  it('is asked for in halves', async () => {
    const { sizes, fetching } = atMost(3)
    const { states } = await fetchRecords(fetching, ['1', '2', '3', '4', '5', '6', '7'])
    expect(states.map(({ externalId }) => externalId)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(sizes).toEqual([7, 4, 2, 2, 3])
  })

  it('is our fault when a single one costs too much', async () => {
    await expect(fetchRecords(atMost(0).fetching, ['1', '2'])).rejects.toMatchObject({
      code: 'SHOPIFY_ANSWER',
    })
  })
})
