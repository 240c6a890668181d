import { describe, expect, it } from 'vitest'
import { type StateNews } from '../contracts/news'
import { type PartsOf } from '../contracts/parts'
import { type PiiPolicy, Resource } from '../contracts/resource'
import { Envelope } from '../contracts/shared-schema'
import { applyPiiPolicy, withinPiiPolicy } from './apply-pii-policy'
import { composeRecord, type Desired, desiredHash, type RecordIdentity, toEnvelope } from './compose-record'
import { foldNews } from './fold-news'
import { type Known, NOTHING } from './known'

const NOW = '2026-11-21T12:00:00.000Z'
const at = (second: number) => `2026-11-21T10:00:${String(second).padStart(2, '0')}.000000000Z`

function know(resource: Resource, ...states: [second: number, parts: object][]): Known {
  return states.reduce<Known>((known, [second, parts]) => {
    const news = {
      kind: 'state',
      resource,
      externalId: '7',
      action: 'updated',
      version: { updatedAt: at(second), triggeredAt: at(second) },
      updatedAt: `2026-11-21T10:00:${String(second).padStart(2, '0')}Z`,
      parts,
    } as StateNews
    return foldNews(known, news, NOW).known
  }, NOTHING)
}

const identity = (resource: Resource, currency: string | null = 'EUR'): RecordIdentity => ({
  platform: 'shopify',
  store: 'tea.myshopify.com',
  resource,
  externalId: '7',
  currency,
  erasedFields: [],
})

function compose(resource: Resource, known: Known, currency: string | null = 'EUR'): Desired {
  const desired = composeRecord(identity(resource, currency), known)
  if (!desired) throw new Error('nothing is desired')
  expect(() => Envelope.parse(toEnvelope(resource, desired, 1))).not.toThrow()
  return desired
}

const variant = (id: number, price: string, more: object = {}) => ({
  external_id: String(id),
  price,
  compare_at_price: null,
  sku: `SKU-${id}`,
  ...more,
})

const FULL: { [R in Resource]: PartsOf<R> } = {
  order: {
    core: {
      created_at: null,
      number: '#1',
      total: '9.90',
      currency: 'EUR',
      test: false,
      pii: { email: 'a@b.example' },
    },
  },
  product: {
    core: { name: 'Tea', variants: [variant(1, '3.5')] },
    variants: { variants: [] },
    stock: { stock_quantity: 4, stock_status: 'in_stock', tracked: { 1: true } },
    collections: { category_external_ids: ['5'] },
  },
  customer: {
    core: {
      display_name: 'Ada L',
      email_hash: 'a'.repeat(64),
      pii: { email: 'ada@b.example', note: 'hush' },
    },
    tags: { tags: ['vip'] },
    totals: { total_spent: '9.90', order_count: 1, last_order_at: null },
    consent: { email_consent: { state: 'subscribed', updated_at: null }, sms_consent: null },
  },
  category: { core: { name: 'Teas', handle: 'teas', parent_external_id: null }, count: { product_count: 3 } },
  message: { core: { thread_external_id: '9', direction: 'incoming', pii: { body: 'hush' } } },
}

describe('a composed record', () => {
  it.each(Resource.options)('of a whole %s is a valid envelope with nothing incomplete', (resource) => {
    const { action, data } = compose(resource, know(resource, [3, FULL[resource]]))
    expect(action).toBe('updated')
    expect(data).toMatchObject({
      schema_version: 1,
      source: 'shopify',
      store: 'tea.myshopify.com',
      external_id: '7',
      version: '2026-11-21T10:00:03Z',
      updated_at: '2026-11-21T10:00:03Z',
    })
    expect(data).not.toHaveProperty('incomplete')
  })

  it('is nothing before its core is known', () => {
    expect(composeRecord(identity('customer'), NOTHING)).toBeNull()
    expect(
      composeRecord(identity('customer'), know('customer', [1, { tags: FULL.customer.tags }])),
    ).toBeNull()
  })

  it('names the parts that are unknown, and those that are older than the core', () => {
    const known = know('customer', [1, { tags: { tags: ['vip'] } }], [2, { core: { state: 'enabled' } }])
    const { data } = compose('customer', known)
    expect(data).toMatchObject({ incomplete: ['tags', 'totals', 'consent'], tags: ['vip'], state: 'enabled' })
    expect(data).not.toHaveProperty('total_spent')
  })

  it('has a version even where the source gives no time', () => {
    const timeless = (updatedAt: string, triggeredAt: string) =>
      foldNews(
        NOTHING,
        {
          kind: 'state',
          resource: 'order',
          externalId: '7',
          action: 'created',
          version: { updatedAt, triggeredAt },
          updatedAt: null,
          parts: { core: {} },
        },
        NOW,
      ).known
    expect(compose('order', timeless('', '')).data).toMatchObject({
      version: '1970-01-01T00:00:00Z',
      updated_at: null,
    })
    const nanoseconds = '2026-11-21T10:00:00.120000000Z'
    expect(compose('order', timeless(nanoseconds, nanoseconds)).data.version).toBe('2026-11-21T10:00:00.12Z')
  })

  it('of a deleted record carries the base, the time, and what it was merged into', () => {
    const { known } = foldNews(
      know('customer', [1, FULL.customer]),
      {
        kind: 'deletion',
        resource: 'customer',
        externalId: '7',
        version: { updatedAt: at(2), triggeredAt: at(2) },
        deletedAt: '2026-11-21T10:00:02Z',
        mergedIntoExternalId: '8',
      },
      NOW,
    )
    expect(compose('customer', known)).toEqual({
      action: 'deleted',
      data: {
        schema_version: 1,
        source: 'shopify',
        store: 'tea.myshopify.com',
        external_id: '7',
        version: '2026-11-21T10:00:02Z',
        deleted_at: '2026-11-21T10:00:02Z',
        merged_into_external_id: '8',
      },
    })
  })

  it('hashes the same while the SaaS would see no difference', () => {
    const hash = (...states: [number, object][]) => desiredHash(compose('order', know('order', ...states)))
    expect(hash([1, { core: { number: '#1' } }])).toBe(hash([2, { core: { number: '#1' } }]))
    expect(hash([1, { core: { number: '#1' } }])).not.toBe(hash([1, { core: { number: '#2' } }]))
    expect(hash([1, { core: { cancel_reason: null } }])).not.toBe(hash([1, { core: {} }]))
  })
})

describe('a composed product', () => {
  const product = (parts: PartsOf<'product'>, currency: string | null = 'EUR') =>
    compose('product', know('product', [1, parts]), currency).data

  it.each([
    ['EUR', '3.5', '3.50'],
    ['JPY', '1200.00', '1200'],
    ['KWD', '1.25', '1.250'],
    [null, '3.5', '3.5'],
  ])('has prices with the digits of its shop (%s)', (currency, price, shown) => {
    const data = product({ core: { variants: [variant(1, price, { compare_at_price: price })] } }, currency)
    expect(data).toMatchObject({
      price: shown,
      regular_price: shown,
      variants: [{ price: shown, compare_at_price: shown }],
    })
    expect(data.currency).toBe(currency ?? undefined)
  })

  it('takes price and compare-at price from its cheapest variant by value, and the SKU from its first', () => {
    const variants = [variant(1, '10.00'), variant(2, '9.00', { compare_at_price: '12.00' }), variant(3, '9')]
    expect(product({ core: { variants } })).toMatchObject({
      price: '9.00',
      regular_price: '12.00',
      sku: 'SKU-1',
    })
  })

  it('has no price when it has no variant, and an unknown one when a variant tells none', () => {
    expect(product({ core: { variants: [] } })).toMatchObject({ price: null, regular_price: null, sku: null })
    const data = product({ core: { variants: [{ external_id: '1' }, variant(2, '3.00')] } })
    expect(data).not.toHaveProperty('price')
    expect(data).not.toHaveProperty('regular_price')
    expect(data).not.toHaveProperty('sku')
  })

  it('of more than a hundred variants counts the others into its price, and says while they are unknown', () => {
    const first = Array.from({ length: 100 }, (_, index) => variant(index + 1, '5.00'))
    const stock = FULL.product.stock
    const before = know('product', [1, { core: { variants: first }, stock }])
    expect(compose('product', before).data).toMatchObject({
      price: '5.00',
      incomplete: ['variants', 'collections'],
    })

    const all = know(
      'product',
      [1, { core: { variants: first }, stock }],
      [1, { variants: { variants: [variant(101, '4.00')] } }],
    )
    const { data } = compose('product', all)
    expect(data.variants).toHaveLength(101)
    expect(data).toMatchObject({ price: '4.00', incomplete: ['collections'] })
  })

  it('names no variant twice when one has moved up among the first hundred', () => {
    const known = know(
      'product',
      [1, { core: { variants: [variant(1, '5.00')] }, variants: { variants: [variant(2, '6.00')] } }],
      [2, { core: { variants: [variant(2, '7.00')] } }],
    )
    expect(compose('product', known).data).toMatchObject({
      price: '7.00',
      variants: [{ external_id: '2', price: '7.00' }],
    })
  })

  it('says of each variant whether it is tracked, where its stock is known, and never sends the list of it', () => {
    const data = product({ ...FULL.product, core: { variants: [variant(1, '3.00'), variant(2, '3.00')] } })
    expect(data).toMatchObject({ stock_quantity: 4, variants: [{ tracked: true }, {}] })
    expect((data.variants as unknown[])[1]).not.toHaveProperty('tracked')
    expect(data).not.toHaveProperty('tracked')
  })
})

describe('a PII policy', () => {
  const PERSONAL = /pii|display_name|hush|@b\.example|Ada/
  const news = (resource: Resource) =>
    ({
      kind: 'state',
      resource,
      externalId: '7',
      action: 'updated',
      version: { updatedAt: at(1), triggeredAt: '' },
      updatedAt: null,
      parts: FULL[resource],
    }) as StateNews

  it.each(Resource.options)('leaves nothing personal of a %s but the hash when it is none', (resource) => {
    const known = foldNews(NOTHING, applyPiiPolicy(news(resource), 'none'), NOW).known
    expect(JSON.stringify(known)).not.toMatch(PERSONAL)
    expect(JSON.stringify(compose(resource, known))).not.toMatch(PERSONAL)
  })

  it('leaves the display name when it is minimal, and all when it is full', () => {
    const parts = (policy: PiiPolicy) => applyPiiPolicy<StateNews>(news('customer'), policy).parts.core
    expect(Object.keys(parts('none')!)).toEqual(['email_hash'])
    expect(Object.keys(parts('minimal')!)).toEqual(['display_name', 'email_hash'])
    expect(parts('full')).toEqual(FULL.customer.core)
  })

  it('that has become stricter holds for what was stored before, in every field and its stamp', () => {
    const loose = know('customer', [1, FULL.customer], [2, { core: { state: 'enabled' } }])
    expect(JSON.stringify(loose)).toMatch(PERSONAL)
    const strict = withinPiiPolicy(loose, 'none')
    expect(JSON.stringify(strict)).not.toMatch(PERSONAL)
    expect(strict.parts.core?.data).toEqual({ state: 'enabled', email_hash: 'a'.repeat(64) })
  })

  it('that has become stricter is sent as null in what it once let out, where the resource has such a field', () => {
    const sent = (resource: Resource, erasedFields: string[]) => {
      const known = withinPiiPolicy(know(resource, [1, FULL[resource]]), 'none')
      const desired = composeRecord({ ...identity(resource), erasedFields }, known)!
      expect(() => Envelope.parse(toEnvelope(resource, desired, 1))).not.toThrow()
      return desired.data
    }
    expect(sent('customer', ['display_name', 'pii'])).toMatchObject({ display_name: null, pii: null })
    expect(sent('order', ['display_name', 'pii'])).toMatchObject({ pii: null })
    expect(sent('order', ['display_name', 'pii'])).not.toHaveProperty('display_name')
    expect(sent('message', ['pii'])).toMatchObject({ pii: null })
    expect(sent('customer', ['pii'])).not.toHaveProperty('display_name')
    expect(sent('product', ['display_name', 'pii'])).toEqual(sent('product', []))
  })

  it('never brings what is erased into a deletion', () => {
    const deletion = {
      kind: 'deletion' as const,
      resource: 'customer' as const,
      externalId: '7',
      version: { updatedAt: at(2), triggeredAt: at(2) },
      deletedAt: '2026-11-21T10:00:02Z',
    }
    const { known } = foldNews(know('customer', [1, FULL.customer]), deletion, NOW)
    const desired = composeRecord({ ...identity('customer'), erasedFields: ['pii'] }, known)
    expect(desired?.data).not.toHaveProperty('pii')
  })
})
