import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import {
  deletionEvent,
  receiverAt,
  receiverClient,
  type ReceiverClient,
  sharedEvent,
} from '../../tests/support/receiver'
import { readDigest } from './digest'
import { sha256 } from '~/lib/sha256'
import { type Digest, type DigestRow } from './wire'

const STORE = 'toys.myshopify.com'
let test: TestDatabase
let client: ReceiverClient

beforeAll(async () => {
  test = await createTestDatabase()
  client = await receiverClient(receiverAt(test.db).receiver, STORE)
})
afterAll(() => test.drop())

const address = (store: string, prefix: string) =>
  `source=shopify&store=${store}&resource=product&prefix=${prefix}`
const digest = async (store: string, prefix = '') =>
  (await client.get(`/api/sync/digest?${address(store, prefix)}`)).body.data as Digest
const rows = async (store: string, prefix = '') =>
  ((await client.get(`/api/sync/digest/rows?${address(store, prefix)}`)).body.data as { rows: DigestRow[] })
    .rows

/** The same by the definition, without a database. */
function naive(sent: Map<string, { revision: number; text: string }>, prefix: string) {
  const under = [...sent].filter(([id]) => sha256(id).startsWith(prefix))
  const hash = under.reduce(
    (all, [id, { revision, text }]) => all ^ BigInt(`0x${sha256(`${id}\n${revision}\n${sha256(text)}`)}`),
    0n,
  )
  return { count: under.length, hash: hash.toString(16).padStart(64, '0') }
}

async function fill(store: string, revisions: number[]) {
  const sent = new Map<string, { revision: number; text: string }>()
  const events = revisions.map((revision, index) => {
    const id = `${store}-${index}`
    const event =
      index % 5 === 0
        ? deletionEvent('product', id, revision)
        : sharedEvent('product', { external_id: id, revision, name: `Toy ${index} – ü` })
    const text = JSON.stringify({ ...event, data: { ...event.data, store } })
    sent.set(id, { revision, text })
    return text
  })
  await client.post('/api/sync/batch', `{"events":[${events.join(',')}]}`)
  return sent
}

describe('the digest', () => {
  it('is that of the definition, for every prefix, tombstones included', async () => {
    const sent = await fill(
      'exact',
      Array.from({ length: 300 }, (_, index) => 1_790_000_000_000 + index),
    )
    const somePrefix = fc
      .constantFrom(...sent.keys())
      .chain((id) => fc.nat(6).map((length) => sha256(id).slice(0, length)))

    await fc.assert(
      fc.asyncProperty(somePrefix, async (prefix) => {
        const { children, ...summary } = await digest('exact', prefix)
        expect(summary).toEqual(naive(sent, prefix))
        expect(children).toEqual(
          [...'0123456789abcdef'].map((digit) => ({
            prefix: prefix + digit,
            ...naive(sent, prefix + digit),
          })),
        )
      }),
      { numRuns: 25 },
    )
  })

  it('of nothing is all zeros', async () => {
    const { count, hash, children } = await digest('nothing')
    expect({ count, hash, children: children.length }).toEqual({
      count: 0,
      hash: '0'.repeat(64),
      children: 16,
    })
  })

  it('leads to ten planted differences, and to nothing else', async () => {
    const revisions = Array.from({ length: 400 }, () => 10)
    const ours = await fill('planted', revisions)
    const planted = [...ours.keys()].filter((_, index) => index % 40 === 7)
    for (const [index, id] of planted.entries()) {
      const { revision, text } = ours.get(id)!
      if (index < 4) ours.set(id, { revision: revision + 1, text })
      else if (index < 7) ours.set(id, { revision, text: `${text} ` })
      else ours.delete(id)
    }
    ours.set('never-arrived', { revision: 10, text: '{}' })

    const differing = async (prefix: string): Promise<string[]> => {
      const theirs = await digest('planted', prefix)
      if (theirs.hash === naive(ours, prefix).hash) return []
      if (theirs.count > 8)
        return (await Promise.all(theirs.children.map((child) => differing(child.prefix)))).flat()
      const held = new Map((await rows('planted', prefix)).map((row) => [row.external_id, row]))
      const ids = new Set([...held.keys(), ...[...ours.keys()].filter((id) => sha256(id).startsWith(prefix))])
      return [...ids].filter((id) => {
        const [mine, row] = [ours.get(id), held.get(id)]
        return !mine || !row || mine.revision !== row.revision || sha256(mine.text) !== row.body_hash
      })
    }
    expect(planted).toHaveLength(10)
    expect((await differing('')).toSorted()).toEqual([...planted, 'never-arrived'].toSorted())
  })

  it('reads a narrow prefix through a range of the index', async () => {
    await test.db.query(
      `INSERT INTO "MirrorProduct" ("id", "storeId", "source", "store", "externalId", "revision", "body", "bodyHash", "idHash")
       SELECT gen_random_uuid(), "id", 'shopify', 'many', n::text, 1, '{}', '', sha256(n::text::bytea)
       FROM "MirrorStore", generate_series(1, 20000) AS n WHERE "name" = $1`,
      [STORE],
    )
    await test.db.query('ANALYZE "MirrorProduct"')
    const plans: string[] = []
    const explaining = {
      query: async <Row>(text: string, values?: unknown[]) => {
        const plan = await test.db.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
        plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'))
        return [] as Row[]
      },
    }
    const [store] = await test.db.query<{ id: string }>('SELECT "id" FROM "MirrorStore" WHERE "name" = $1', [
      STORE,
    ])
    await readDigest(explaining, store!.id, {
      source: 'shopify',
      store: 'many',
      resource: 'product',
      prefix: 'abc',
    })
    expect(plans[0]).toMatch(/Index Cond: .*"idHash" >=/)
  })

  it('says which rows are too many to list', async () => {
    const { status, body } = await client.get(`/api/sync/digest/rows?${address('many', '')}`)
    expect(status).toBe(400)
    expect(body.error.message).toContain('prefix')
  })

  it.each([
    ['store=a&resource=product', 'source is missing'],
    ['source=shopify&resource=product', 'store is missing'],
    ['source=shopify&store=a', 'resource is missing'],
    ['source=shopify&store=a&resource=products', 'resource'],
    ['source=shopify&store=a&resource=product&prefix=xyz', 'prefix must be at most 63 lower-case hex digits'],
  ])('names what is wrong with the question (%#)', async (query, message) => {
    for (const path of ['digest', 'digest/rows']) {
      const { status, body } = await client.get(`/api/sync/${path}?${query}`)
      expect(status).toBe(400)
      expect(body.error.message).toContain(message)
    }
  })
})
