import { type z } from 'zod'
import { type StateNews } from '../../contracts/news'
import { type PartsOf } from '../../contracts/parts'
import { type Pii } from '../../contracts/shared-schema'
import { toMoney } from '../../lib/decimal'
import { emailHash } from '../../lib/email-hash'
import { omitUndefined } from '../../lib/omit-undefined'
import { actionOf, type Delivery, stateVersion } from './delivery'
import {
  Amount,
  Currency,
  externalId,
  Flag,
  IDS,
  list,
  object,
  parseBody,
  Tags,
  Text,
  Time,
  Whole,
  Word,
} from './payload'
import { type LosslessJson } from '../../lib/lossless-json'
import { displayName, PostalAddress, toAddress, unlessEmpty } from './person'

const MarketingConsent = object({ state: Word, consent_updated_at: Time }).nullable()

const Customer = object({
  ...IDS,
  created_at: Time,
  updated_at: Time,
  email: Text,
  phone: Text,
  first_name: Text,
  last_name: Text,
  note: Text,
  state: Word,
  tax_exempt: Flag,
  verified_email: Flag,
  currency: Currency,
  total_spent: Amount,
  orders_count: Whole,
  /** Never in a webhook: the Admin API's rows say it. */
  last_order_at: Time,
  tags: Tags,
  email_marketing_consent: MarketingConsent,
  sms_marketing_consent: MarketingConsent,
  addresses: list(PostalAddress),
  default_address: PostalAddress.nullable(),
})
type Customer = z.output<typeof Customer>

/**
 * The state of a customer, in the parts that the payload carries: tags, totals and consent are gone since API version 2025-01.
 *
 * The retired `accepts_marketing` is not read: no version that lacks `email_marketing_consent` is served any more, and
 * a yes or no cannot tell "unsubscribed" from "pending".
 */
export function mapCustomer(body: LosslessJson, delivery: Delivery): [StateNews] {
  const customer = parseBody(Customer, body)
  const updatedAt = customer.updated_at ?? null
  return [
    {
      kind: 'state',
      resource: 'customer',
      externalId: externalId(customer),
      action: actionOf(delivery),
      version: stateVersion(updatedAt, delivery),
      updatedAt,
      parts: parts(customer),
    },
  ]
}

function parts(customer: Customer): PartsOf<'customer'> {
  return omitUndefined({
    core: core(customer),
    tags: customer.tags && { tags: customer.tags },
    totals: unlessEmpty(totals(customer)),
    consent: unlessEmpty(consents(customer)),
  })
}

function core(customer: Customer): PartsOf<'customer'>['core'] & object {
  return omitUndefined({
    created_at: customer.created_at,
    display_name: displayName(customer.first_name, customer.last_name),
    email_hash: customer.email === undefined ? undefined : emailHash(customer.email),
    state: customer.state,
    tax_exempt: customer.tax_exempt ?? undefined,
    currency: customer.currency ?? undefined,
    verified_email: customer.verified_email ?? undefined,
    pii: unlessEmpty(pii(customer)),
  })
}

function totals(customer: Customer): PartsOf<'customer'>['totals'] & object {
  const { total_spent, orders_count, last_order_at, currency } = customer
  return omitUndefined({
    total_spent: total_spent == null ? undefined : toMoney(total_spent, currency ?? null),
    order_count: orders_count ?? undefined,
    last_order_at,
  })
}

function consents(customer: Customer): PartsOf<'customer'>['consent'] & object {
  return omitUndefined({
    email_consent: toConsent(customer.email_marketing_consent),
    sms_consent: toConsent(customer.sms_marketing_consent),
  })
}

function toConsent(consent: z.output<typeof MarketingConsent> | undefined) {
  return consent && { state: consent.state ?? null, updated_at: consent.consent_updated_at ?? null }
}

function pii(customer: Customer): Pii {
  const { email, phone, first_name, last_name, note } = customer
  return omitUndefined({ email, phone, first_name, last_name, note, addresses: addresses(customer) })
}

/** The list; or, where it is empty or absent, the default address, which the list leaves out since 2024-01. */
function addresses({ addresses: all, default_address: usual }: Customer): Pii['addresses'] {
  if (all && all.length > 0) return all.map((address) => toAddress(address))
  return usual ? [toAddress(usual, true)] : all
}
