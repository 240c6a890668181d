import { sha256 } from '~/lib/sha256'
import { Refusal } from '../answer'
import { type Call, check, type Endpoint } from '../endpoint'
import { readJson } from '../read-json'
import { fitsName } from '../shared-record'
import { storable, TooDeep } from '../storable'
import { takeEntry } from '../take-entry'
import { CustomerAnswer, CustomerHeaders, CustomerRequest } from '../wire'

/**
 * Takes one customer in the words of the customers-rest dialect. It is stored as it came, but for the e-mail address, of which
 * only the hash is kept. Without revisions the latest arrival wins.
 */
export const customersSync: Endpoint = {
  method: 'POST',
  path: '/api/customers/sync',
  summary: 'Takes one customer.',
  access: 'tenant',
  headers: CustomerHeaders,
  body: CustomerRequest,
  answer: CustomerAnswer,
  refusals: ['VALIDATION_ERROR', 'PAYLOAD_TOO_LARGE'],

  async handle(call, tools) {
    const store = shopOf(call)
    const { value, text } = await readJson(call.request)
    const customer = check(CustomerRequest, value)
    const { fate } = await takeEntry(call, tools, {
      resource: 'customer',
      source: 'shopify',
      store,
      externalId: nameOf(customer.shopify_customer_id),
      revision: null,
      version: null,
      body: bodyOf(customer),
      bodyHash: sha256(text),
      deletedAt: null,
    })
    // An event without a revision is never stale.
    const id = fate.status === 'synced' ? fate.id : null
    return Response.json({ success: true, customer_id: id, message: 'The customer is in the mirror.' })
  },
}

/** The shop that a customer request is about. @throws Refusal `VALIDATION_ERROR` */
export function shopOf({ request }: Pick<Call, 'request'>): string {
  const shop = request.headers.get('X-Shopify-Shop')?.trim().toLowerCase()
  return check(CustomerHeaders, { 'X-Shopify-Shop': shop || undefined })['X-Shopify-Shop']
}

function nameOf(externalId: string): string {
  if (fitsName(externalId)) return externalId
  throw new Refusal('VALIDATION_ERROR', 'shopify_customer_id must be at most 255 ordinary characters')
}

function bodyOf(customer: object): object {
  try {
    return storable(customer)
  } catch (error) {
    if (error instanceof TooDeep) throw new Refusal('VALIDATION_ERROR', 'the customer is nested too deeply')
    throw error
  }
}
