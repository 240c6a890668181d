import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import {
  heldRecord,
  receiverAt,
  receiverClient,
  type ReceiverClient,
  sharedEvent,
} from '../../tests/support/receiver'
import { emailHash } from '~/lib/email-hash'

const SHOP = 'toys.myshopify.com'
const HEADERS = { 'X-Shopify-Shop': SHOP }
let test: TestDatabase
let client: ReceiverClient

beforeAll(async () => {
  test = await createTestDatabase()
  client = await receiverClient(receiverAt(test.db).receiver, SHOP)
})
afterAll(() => test.drop())

const sync = (body: unknown, headers: Record<string, string> = HEADERS) =>
  client.send('POST', '/api/customers/sync', body, headers)
const remove = (id: string, headers: Record<string, string> = HEADERS) =>
  client.send('DELETE', `/api/customers/${id}`, undefined, headers)
const held = (id: string) => heldRecord(test.db, SHOP, 'customer', id)

describe('a customer by the customers endpoints', () => {
  const customer = {
    shopify_customer_id: '7103849201',
    email: 'Ada@example.com',
    first_name: 'Ada',
    last_name: null,
    phone: null,
    accepts_marketing: true,
    tags: ['vip'],
    note: null,
    verified_email: true,
    addresses: [{ city: 'Porto', country: 'Portugal', is_default: true }],
  }

  it('is stored with the hash of its e-mail address and without the address', async () => {
    const { status, body } = await sync(customer)
    expect(status).toBe(200)
    expect(body).toEqual({
      success: true,
      customer_id: expect.any(String) as string,
      message: expect.any(String) as string,
    })

    const { email, ...rest } = customer
    expect(await held(customer.shopify_customer_id)).toMatchObject({
      source: 'shopify',
      store: SHOP,
      deletedAt: null,
    })
    expect((await held(customer.shopify_customer_id))?.body).toEqual({
      ...rest,
      email_hash: emailHash(email),
    })
  })

  it('is replaced by what came last, and keeps its id', async () => {
    const first = await sync({ ...customer, shopify_customer_id: '2' })
    const second = await sync({ ...customer, shopify_customer_id: '2', tags: [] })
    expect(second.body.customer_id).toBe(first.body.customer_id)
    expect((await held('2'))?.body.tags).toEqual([])
  })

  it('is deleted down to its id, and can come back', async () => {
    await sync({ ...customer, shopify_customer_id: '3' })
    expect((await remove('3')).body).toMatchObject({ success: true })
    expect(await held('3')).toMatchObject({
      deletedAt: '2026-11-21T12:00:00.000Z',
      body: { shopify_customer_id: '3' },
    })
    expect((await held('3'))?.body).toEqual({ shopify_customer_id: '3' })

    await sync({ ...customer, shopify_customer_id: '3' })
    expect((await held('3'))?.deletedAt).toBeNull()
  })

  it('that is not there, or not there any more, answers 404 to a deletion', async () => {
    await sync({ ...customer, shopify_customer_id: '4' })
    await remove('4')
    for (const id of ['4', 'never-seen']) {
      const { status, body } = await remove(id)
      expect(status).toBe(404)
      expect(body.error.code).toBe('NOT_FOUND')
    }
  })

  it('does not outlive the change to a dialect that sends less', async () => {
    await sync({ ...customer, shopify_customer_id: '5' })
    const event = sharedEvent('customer', {
      external_id: '5',
      revision: 1_900_000_000_000,
      display_name: 'Ada',
    })
    await client.post('/api/sync/webhook', event)
    expect((await held('5'))?.body).toEqual(event.data)
  })

  it.each([
    [{ ...customer, shopify_customer_id: undefined }, HEADERS, 'shopify_customer_id is missing'],
    [{ ...customer, shopify_customer_id: 7103849201 }, HEADERS, 'shopify_customer_id'],
    [{ ...customer, tags: 'vip' }, HEADERS, 'tags'],
    [{ ...customer, addresses: [{ city: 5 }] }, HEADERS, 'addresses[0].city'],
    [customer, {}, 'X-Shopify-Shop is missing'],
  ])('is refused when it is malformed (%#)', async (body, headers: Record<string, string>, message) => {
    const answer = await sync(body, headers)
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toContain(message)
  })

  it('cannot be deleted without a shop', async () => {
    expect((await remove('1', {})).status).toBe(400)
  })
})
