import { type LosslessJson } from '../../../lib/lossless-json'
import { addressBody } from './address-body'
import { asRow, fromChildren, fromRow, known, type Row, renamed } from './row'

const CUSTOMER = {
  admin_graphql_api_id: 'id',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  first_name: 'firstName',
  last_name: 'lastName',
  note: 'note',
  state: 'state',
  tax_exempt: 'taxExempt',
  verified_email: 'verifiedEmail',
  tags: 'tags',
  orders_count: 'numberOfOrders',
}

/** A `Customer` as `customers/update` carried it before 2025-01: with tags, totals and consent. */
export function customerBody(row: Row): Row {
  return {
    ...renamed(row, CUSTOMER),
    ...contacts(row),
    ...totals(row),
    ...addresses(row),
  }
}

/** E-mail and consent to it, phone and consent to text messages. Each is asked for apart, so that one of them can be withheld. */
function contacts(row: Row): Row {
  return known({
    email: fromRow(row, 'emailAddress', ({ emailAddress = null }) => emailAddress),
    phone: fromRow(row, 'phoneNumber', ({ phoneNumber = null }) => phoneNumber),
    email_marketing_consent: fromRow(row, 'emailConsent', (consent) =>
      renamed(consent, { state: 'marketingState', consent_updated_at: 'marketingUpdatedAt' }),
    ),
    sms_marketing_consent: fromRow(row, 'smsConsent', ({ smsMarketingConsent: consent = null }) =>
      smsConsent(consent),
    ),
  })
}

/** The admin's word for who never said anything differs from that of webhooks; what was erased is not known. */
function smsConsent(consent: LosslessJson): LosslessJson | undefined {
  const given = asRow(consent, 'smsMarketingConsent')
  if (given?.['state'] === 'REDACTED') return undefined
  return (
    given && {
      ...renamed(given, { state: 'state', consent_updated_at: 'updatedAt' }),
      ...(given['state'] === 'NEVER_SUBSCRIBED' ? { state: 'NOT_SUBSCRIBED' } : {}),
    }
  )
}

/** `currency` is that of the sum: Shopify counts it in the shop's. */
function totals(row: Row): Row {
  return known({
    total_spent: fromRow(row, 'amountSpent', ({ amount = null }) => amount),
    currency: fromRow(row, 'amountSpent', ({ currencyCode = null }) => currencyCode),
    last_order_at: lastOrderAt(row),
  })
}

/** A customer who has ordered has a last order: where none is shown, it is out of our reach. */
function lastOrderAt(row: Row): LosslessJson | undefined {
  const at = fromRow(row, 'lastOrder', ({ createdAt = null }) => createdAt)
  return at === null && row['numberOfOrders'] !== '0' ? undefined : at
}

function addresses(row: Row): Row {
  const usual = row['defaultAddress']
  const usualId = usual === undefined ? undefined : (fromRow(row, 'defaultAddress', ({ id }) => id) ?? null)
  const body = (address: Row): Row => ({
    ...addressBody(address),
    ...(usualId === undefined ? {} : { default: usualId !== null && address['id'] === usualId }),
  })
  const main = fromRow(row, 'defaultAddress', body)
  return known({
    addresses: fromChildren(row, 'addressesV2', body),
    // Webhooks leave it out where there is none.
    default_address: main ?? undefined,
  })
}
