import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type z } from 'zod'
import { type News } from '../../contracts/news'
import { PARTS } from '../../contracts/parts'
import { type LosslessJson, parseLossless } from '../../lib/lossless-json'
import { mapped, mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'
import { SHOPIFY_TOPICS } from './topics'

type Body = { [key: string]: LosslessJson }

const TOPICS = Object.keys(SHOPIFY_TOPICS)
const STATES = [
  ['customers/create', '2023-07/customers_create'],
  ['customers/update', '2026-10/customers_update'],
  ['products/update', '2023-07/products_update'],
  ['products/update', '2026-10/products_update'],
  ['collections/create', '2026-10/collections_create'],
  ['orders/create', '2023-07/orders_create'],
  ['orders/updated', '2026-10/orders_updated'],
  ['orders/create', '2026-10/orders_create_presentment'],
] as const

const topic = fc.oneof(
  fc.constantFrom(...TOPICS),
  fc.constantFrom('product/update', 'customer/delete'),
  fc.string(),
)
const stateFixture = fc.constantFrom(...STATES)

/** Any JSON, as a webhook's body would be parsed. */
const anyJson: fc.Arbitrary<LosslessJson> = fc.json({ maxDepth: 4 }).map(parseLossless)
const odd: fc.Arbitrary<LosslessJson> = fc.oneof(
  anyJson,
  fc.constantFrom<LosslessJson[]>(
    null,
    '',
    true,
    [],
    {},
    '1e999',
    '-1',
    'constructor',
    '__proto__',
    [null],
    [[]],
    {
      id: null,
    },
  ),
)

/** The body with the value at a place in it, chosen by a number, put in place of what is there; undefined takes the key away. */
function altered(value: LosslessJson, place: number, by: LosslessJson | undefined): LosslessJson | undefined {
  if (typeof value !== 'object' || value === null) return by
  const keys = Object.keys(value)
  const key = keys[place % (keys.length + 1)]
  if (key === undefined) return by
  const [isList, inner] = [Array.isArray(value), (value as Body)[key]]
  const next = altered(inner ?? null, Math.floor(place / (keys.length + 1)), by)
  const entries = keys.flatMap((one): [string, LosslessJson][] => {
    const kept = one === key ? next : (value as Body)[one]
    return kept === undefined ? [] : [[one, kept]]
  })
  return isList ? entries.map(([, one]) => one) : Object.fromEntries(entries)
}

/** Every part must be exactly of its schema: nothing missing, nothing that the schema would drop. */
function expectOfSchema(news: News): void {
  if (news.kind !== 'state') return
  const schemas: Readonly<Record<string, z.ZodObject>> = PARTS[news.resource]
  for (const [name, part] of Object.entries(news.parts)) {
    expect(schemas[name]?.strict().parse(part)).toStrictEqual(part)
  }
}

function core(news: News | undefined): Record<string, unknown> {
  return news?.kind === 'state' && 'core' in news.parts ? { ...news.parts.core } : {}
}

describe('mapping a webhook', () => {
  it('never throws and never says nothing, whatever the topic and the body', () => {
    fc.assert(
      fc.property(topic, odd, fc.constantFrom(null, '2026-09-14T16:20:32Z'), (name, body, triggeredAt) => {
        const news = mapped(name, body, triggeredAt)
        expect(news.length).toBeGreaterThan(0)
        news.forEach(expectOfSchema)
      }),
      { numRuns: 1000 },
    )
  })

  it('gives exactly what the schemas allow, whatever is wrong or missing somewhere in a body', () => {
    fc.assert(
      fc.property(
        stateFixture,
        fc.array(fc.tuple(fc.nat(), fc.option(odd, { nil: undefined })), { minLength: 1, maxLength: 3 }),
        ([name, fixture], changes) => {
          const body = changes.reduce<LosslessJson>(
            (value, [place, by]) => altered(value, place, by) ?? null,
            shopifyBody(fixture),
          )
          mapped(name, body).forEach((news) => {
            expect(['state', 'unmapped']).toContain(news.kind)
            expectOfSchema(news)
          })
        },
      ),
      { numRuns: 600 },
    )
  })

  it('maps every fixture of a state to its schema', () => {
    for (const [name, fixture] of STATES) {
      const news = mappedAs('state', name, shopifyBody(fixture))
      expectOfSchema(news)
    }
  })

  it('keeps every digit of every id', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,40}$/)
    const ofRecords = TOPICS.filter((name) =>
      /^(customers|orders|products|collections)\/(create|update|updated|delete)$/.test(name),
    )
    fc.assert(
      fc.property(fc.constantFrom(...ofRecords), digits, (name, id) => {
        for (const text of [
          `{"id":${id}}`,
          `{"id":"${id}"}`,
          `{"admin_graphql_api_id":"gid://shopify/Thing/${id}"}`,
        ]) {
          expect(mapped(name, parseLossless(text))).toMatchObject([{ externalId: id }])
        }
      }),
    )
  })

  it('keeps every decimal of a time, and sorts by nine', () => {
    fc.assert(
      fc.property(stateFixture, fc.stringMatching(/^\d{1,9}$/), ([name, fixture], decimals) => {
        const body = { ...shopifyBody(fixture), updated_at: `2026-09-14T18:20:31.${decimals}+02:00` }
        expect(mappedAs('state', name, body)).toMatchObject({
          updatedAt: `2026-09-14T16:20:31.${decimals}Z`,
          version: { updatedAt: `2026-09-14T16:20:31.${decimals.padEnd(9, '0')}Z` },
        })
      }),
    )
  })

  it('never turns an absent key into null', () => {
    fc.assert(
      fc.property(stateFixture, fc.func(fc.boolean()), ([name, fixture], isKept) => {
        const whole = shopifyBody(fixture)
        const reduced = Object.fromEntries(
          Object.entries(whole).filter(([key]) => key === 'id' || isKept(key)),
        )
        const full = core(mapped(name, whole)[0])
        for (const [key, value] of Object.entries(core(mapped(name, reduced)[0]))) {
          if (value === null) expect({ [key]: full[key] }).toEqual({ [key]: null })
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives identical bytes for one state, whether numbers come as numbers or as text and tags as text or as a list', () => {
    for (const [name, fixture] of STATES) {
      const body = shopifyBody(fixture)
      const tags = typeof body.tags === 'string' ? { tags: body.tags.split(',').reverse() } : {}
      expect(JSON.stringify(mapped(name, { ...body, ...tags }))).toBe(JSON.stringify(mapped(name, body)))
    }
  })

  it('ignores topics that nobody handles, and names that objects happen to have', () => {
    for (const name of [
      'themes/publish',
      'orders/risk_assessment_changed',
      '',
      'constructor',
      '__proto__',
      'toString',
    ]) {
      expect(mapped(name, { id: '1' })).toEqual([{ kind: 'ignored', reason: 'Nobody handles this topic.' }])
    }
  })
})

describe('a body that cannot be understood', () => {
  it.each<[string, LosslessJson, string]>([
    ['customers/update', {}, 'The field id is missing.'],
    ['customers/update', { id: null }, 'The field id is missing.'],
    ['customers/update', { id: 'gid://shopify/Customer/' }, 'The field id is not an id.'],
    ['customers/update', { id: true }, 'The field id is not an id.'],
    ['customers/update', [], 'The body is not an object.'],
    ['customers/update', null, 'The body is not an object.'],
    ['products/delete', { id: '' }, 'The field id is missing.'],
    [
      'orders/updated',
      { id: '1', updated_at: 'yesterday' },
      'The field updated_at is not a time with a time zone.',
    ],
    ['orders/updated', { id: '1', total_price: 'free' }, 'The field total_price is not a decimal number.'],
    ['orders/updated', { id: '1', currency: 'euro' }, 'The field currency is not a currency code.'],
    ['orders/updated', { id: '1', line_items: 'none' }, 'The field line_items is not a list.'],
    [
      'orders/updated',
      { id: '1', line_items: [{ id: '2', quantity: '1.5' }] },
      'The field line_items.0.quantity is not a whole number.',
    ],
    ['orders/updated', { id: '1', line_items: [{}] }, 'The field line_items.id is missing.'],
    ['orders/updated', { id: '1', test: 'perhaps' }, 'The field test is neither true nor false.'],
    ['products/update', { id: '1', title: {} }, 'The field title is not text.'],
    ['products/update', { id: '1', tags: true }, 'The field tags is neither text nor a list of texts.'],
  ])('%s %j: the reason names the field', (name, body, reason) => {
    expect(mapped(name, body)).toEqual([{ kind: 'unmapped', reason }])
  })
})

describe('personal data', () => {
  const MARK = 'Personal7'
  const PEOPLE = [
    'customer',
    'billing_address',
    'shipping_address',
    'default_address',
    'addresses',
    'destination',
    'origin_address',
  ]
  const IMPERSONAL = [
    'id',
    'customer_id',
    'admin_graphql_api_id',
    'state',
    'currency',
    'country_code',
    'province_code',
    'tags',
    'tax_exemptions',
  ]
  const OF_A_PERSON = [
    'email',
    'contact_email',
    'phone',
    'note',
    'first_name',
    'last_name',
    'browser_ip',
    'order_status_url',
    'landing_site',
  ]

  /** The value with every text that says something of a person replaced by one that can be searched for. */
  function marked(value: LosslessJson, key = '', isPerson = false): LosslessJson {
    if (typeof value === 'string') {
      const says =
        OF_A_PERSON.includes(key) ||
        (isPerson && !IMPERSONAL.includes(key) && Number.isNaN(Date.parse(value)) && !/^[\d.]+$/.test(value))
      return says ? `${MARK} ${key}` : value
    }
    if (typeof value !== 'object' || value === null) return value
    const inside = isPerson || PEOPLE.includes(key)
    if (Array.isArray(value)) return value.map((one) => marked(one, key, inside))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one, name, inside)]))
  }

  /** The news without the two places where personal data belongs. */
  function withoutPersonalPlaces(news: News): string {
    return JSON.stringify(news, (key, value: unknown) =>
      key === 'pii' || key === 'display_name' ? undefined : value,
    )
  }

  it.each(STATES)('of %s (%s) is nowhere but in pii, the display name and the hash', (name, fixture) => {
    const isOfPerson = name.startsWith('customers/')
    const [news] = mapped(name, marked(shopifyBody(fixture), isOfPerson ? 'customer' : ''))
    expect(news?.kind).toBe('state')
    if (isOfPerson) expect(JSON.stringify(news)).toContain(MARK)
    expect(news && withoutPersonalPlaces(news)).not.toContain(MARK)
  })

  it('does not reach the reason why a body cannot be understood', () => {
    fc.assert(
      fc.property(stateFixture, fc.nat(), ([name, fixture], place) => {
        const body = altered(shopifyBody(fixture), place, { [MARK]: MARK })
        for (const news of mapped(name, body ?? null)) {
          if (news.kind === 'unmapped') expect(news.reason).not.toContain(MARK)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is not in a hint, a deletion or a request of the law', () => {
    for (const [name, fixture] of [
      ['customers/delete', 'customers_delete'],
      ['customers/merge', 'customers_merge_failed'],
      ['customers/redact', 'customers_redact'],
      ['customers/data_request', 'customers_data_request'],
      ['customers_email_marketing_consent/update', 'customers_email_marketing_consent_update'],
      ['fulfillments/create', 'fulfillments_create'],
    ] as const) {
      const text = JSON.stringify(mapped(name, shopifyBody(`2026-10/${fixture}`)))
      expect(text).not.toMatch(/Ada|Lindqvist|example\.com|\+46/)
    }
  })
})
