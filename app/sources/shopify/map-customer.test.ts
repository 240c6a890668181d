import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type PartsOf } from '../../contracts/parts'
import { type LosslessJson } from '../../lib/lossless-json'
import { mappedAs, shopifyBody } from '../../../tests/support/shopify-fixture'

const ADA = '7234567890123456789'
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

function state(body: LosslessJson, topic = 'customers/update') {
  return mappedAs('state', topic, body)
}

function parts(body: LosslessJson): PartsOf<'customer'> {
  return state(body).parts as PartsOf<'customer'>
}

describe('a customer', () => {
  it('is named by an id above 2^53 with all of its digits', () => {
    expect(state(shopifyBody('2026-10/customers_update'))).toMatchObject({
      resource: 'customer',
      externalId: ADA,
    })
  })

  it('is read from its gid where the number is missing', () => {
    expect(state({ admin_graphql_api_id: `gid://shopify/Customer/${ADA}` }).externalId).toBe(ADA)
    expect(state({ id: null, admin_graphql_api_id: `gid://shopify/Customer/${ADA}` }).externalId).toBe(ADA)
  })

  it('has its update time as version, then its trigger time', () => {
    expect(state(shopifyBody('2026-10/customers_update'))).toMatchObject({
      version: { updatedAt: '2026-09-14T16:20:31.000000000Z', triggeredAt: '2026-09-14T16:20:32.123456789Z' },
      updatedAt: '2026-09-14T16:20:31Z',
    })
  })

  it('takes the trigger time as its version where it has no update time', () => {
    expect(state({ id: '1', updated_at: null })).toMatchObject({
      version: { updatedAt: '2026-09-14T16:20:32.123456789Z', triggeredAt: '2026-09-14T16:20:32.123456789Z' },
      updatedAt: null,
    })
    expect(mappedAs('state', 'customers/update', { id: '1' }, null).version).toEqual({
      updatedAt: '',
      triggeredAt: '',
    })
  })

  it('is created by customers/create and updated by every other topic', () => {
    const body = shopifyBody('2023-07/customers_create')
    expect(state(body, 'customers/create').action).toBe('created')
    for (const topic of ['customers/update', 'customers/enable', 'customers/disable']) {
      expect(state(body, topic).action).toBe('updated')
    }
  })
})

describe('the parts of a customer', () => {
  it('are all there up to API version 2024-10', () => {
    for (const version of ['2023-07/customers_create', '2024-10/customers_update']) {
      expect(parts(shopifyBody(version))).toMatchObject({
        tags: { tags: ['VIP', 'spring sale', 'wholesale'] },
        totals: { total_spent: '412.50', order_count: 3 },
        consent: {
          email_consent: { state: 'subscribed', updated_at: '2025-03-02T08:15:00Z' },
          sms_consent: null,
        },
      })
    }
  })

  it('are the core alone since 2025-01: what is absent is unknown, not cleared', () => {
    for (const version of ['2025-01/customers_update', '2026-10/customers_update']) {
      expect(Object.keys(parts(shopifyBody(version)))).toEqual(['core'])
    }
  })

  it('have the same core in every API version', () => {
    const cores = [
      '2023-07/customers_create',
      '2024-10/customers_update',
      '2025-01/customers_update',
      '2026-10/customers_update',
    ].map((version) => JSON.stringify(parts(shopifyBody(version)).core))
    expect(new Set(cores).size).toBe(1)
  })

  it('hold only what the payload holds of them', () => {
    expect(parts({ id: '1', orders_count: '4' }).totals).toEqual({ order_count: 4 })
    expect(parts({ id: '1', sms_marketing_consent: { state: 'SUBSCRIBED' } }).consent).toEqual({
      sms_consent: { state: 'subscribed', updated_at: null },
    })
    expect(parts({ id: '1', tags: '' }).tags).toEqual({ tags: [] })
  })

  it('do not take a yes or no to marketing for a consent', () => {
    expect(
      parts({ id: '1', accepts_marketing: true, marketing_opt_in_level: 'single_opt_in' }).consent,
    ).toBeUndefined()
  })
})

describe("a customer's core", () => {
  const core = (body: { [key: string]: LosslessJson }) => parts({ id: '1', ...body }).core

  it('is in the shared vocabulary', () => {
    expect(parts(shopifyBody('2026-10/customers_update')).core).toEqual({
      created_at: '2025-03-02T08:15:00Z',
      display_name: 'Ada Lindqvist',
      email_hash: hash('ada.lindqvist@example.com'),
      state: 'enabled',
      tax_exempt: false,
      currency: 'EUR',
      verified_email: true,
      pii: {
        email: 'Ada.Lindqvist@example.com',
        phone: '+46705550120',
        first_name: 'Ada',
        last_name: 'Lindqvist',
        note: 'Rings twice',
        addresses: [
          {
            first_name: 'Ada',
            last_name: 'Lindqvist',
            company: null,
            address1: 'Storgatan 12',
            address2: '2 tr',
            city: 'Uppsala',
            province: null,
            country: 'Sweden',
            zip: '753 31',
            phone: '+46 70 555 01 20',
            is_default: true,
          },
        ],
      },
    })
  })

  it('builds the display name from first and last name only', () => {
    const others = {
      email: 'ada@example.com',
      phone: '123',
      default_address: { name: 'Ada L', company: 'ACME' },
    }
    expect(core({ ...others, first_name: ' Ada ', last_name: null })?.display_name).toBe('Ada')
    expect(core({ ...others, first_name: '', last_name: null })?.display_name).toBeNull()
    expect(core(others)).not.toHaveProperty('display_name')
  })

  it('hashes the e-mail address trimmed and lower-cased; null where there is none, absent where nothing is said', () => {
    expect(core({ email: '  ADA@example.com ' })?.email_hash).toBe(hash('ada@example.com'))
    expect(core({ email: null })?.email_hash).toBeNull()
    expect(core({ email: '' })?.email_hash).toBeNull()
    expect(core({})).not.toHaveProperty('email_hash')
  })

  it('takes the default address where the list is empty or absent', () => {
    const usual = { default_address: { city: 'Uppsala', default: false } }
    expect(core({ ...usual, addresses: [] })?.pii?.addresses).toEqual([{ city: 'Uppsala', is_default: true }])
    expect(core(usual)?.pii?.addresses).toEqual([{ city: 'Uppsala', is_default: true }])
    expect(core({ ...usual, addresses: [{ city: 'Lund', default: false }] })?.pii?.addresses).toEqual([
      { city: 'Lund', is_default: false },
    ])
  })

  it('leaves out what the payload leaves out', () => {
    expect(core({})).toEqual({})
  })
})
