import { type Json } from '../json'
import { customerTotals } from '../store/customer-totals'
import { type Consent, type Customer, type CustomerAddress, type Id, type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { fullName, gid, idNumber, time } from './body-parts'

/** The body of `customers/*` since 2025-01: no tags, no totals, no consent. */
export function customerBody(shop: ShopState, customer: Customer): { [key: string]: Json } {
  return {
    ...customerInOrder(shop, customer),
    addresses: customer.addresses.map((address) => customerAddress(customer, address)),
  }
}

/** The customer inside an order: as `customers/*`, with the default address only. */
export function customerInOrder(shop: ShopState, customer: Customer): { [key: string]: Json } {
  const home = customer.addresses.find((address) => address.id === customer.defaultAddressId)
  return {
    id: idNumber(customer.id),
    created_at: time(shop, customer.createdAt),
    updated_at: time(shop, customer.updatedAt),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state,
    note: customer.note,
    verified_email: customer.verifiedEmail,
    multipass_identifier: null,
    tax_exempt: customer.taxExempt,
    email: customer.email,
    phone: customer.phone,
    currency: shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid('Customer', customer.id),
    ...(home && { default_address: customerAddress(customer, home) }),
  }
}

/** The body of `customers/delete`. */
export function customerDeletedBody(customer: Customer): Json {
  return {
    id: idNumber(customer.id),
    tax_exemptions: [],
    admin_graphql_api_id: gid('Customer', customer.id),
  }
}

/** The body of `customers/merge`, of a merge that is done. */
export function customerMergeBody(keptId: Id, goneId: Id): Json {
  return {
    admin_graphql_api_customer_kept_id: gid('Customer', keptId),
    admin_graphql_api_customer_deleted_id: gid('Customer', goneId),
    admin_graphql_api_job_id: null,
    status: 'completed',
    errors: [],
  }
}

/** The body of `customer.tags_added` and `customer.tags_removed`, camelCase as all its kind. */
export function customerTagsBody(customer: Customer, tags: string[], at: Time): Json {
  return { customerId: gid('Customer', customer.id), tags, occurredAt: at.replace('Z', '.000Z') }
}

/** The body of `customers/purchasing_summary`. */
export function purchasingSummaryBody(shop: ShopState, customer: Customer, at: Time): Json {
  const { numberOfOrders, amountSpent, lastOrder } = customerTotals(shop, customer.id)
  return {
    customerId: gid('Customer', customer.id),
    numberOfOrders,
    amountSpent: { amount: amountSpent, currencyCode: shop.currency },
    lastOrderId: lastOrder && gid('Order', lastOrder.id),
    occurredAt: at.replace('Z', '.000Z'),
  }
}

/** The body of `customers_email_marketing_consent/update`. */
export function emailConsentBody(shop: ShopState, customer: Customer): Json {
  return {
    customer_id: idNumber(customer.id),
    email_address: customer.email,
    email_marketing_consent: consent(shop, customer.emailConsent),
  }
}

/** The body of `customers_marketing_consent/update`, which is about text messages. */
export function smsConsentBody(shop: ShopState, customer: Customer): Json {
  return {
    id: idNumber(customer.id),
    phone: customer.phone,
    sms_marketing_consent: {
      ...consent(shop, customer.smsConsent),
      consent_collected_from: 'other',
    },
  }
}

function consent(shop: ShopState, given: Consent | null): { [key: string]: Json } {
  return {
    state: given?.state ?? 'not_subscribed',
    opt_in_level: given?.optInLevel ?? null,
    consent_updated_at: time(shop, given?.updatedAt ?? null),
  }
}

function customerAddress(customer: Customer, address: CustomerAddress): Json {
  return {
    id: idNumber(address.id),
    customer_id: idNumber(customer.id),
    first_name: address.firstName,
    last_name: address.lastName,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.province,
    country: address.country,
    zip: address.zip,
    phone: address.phone,
    name: fullName(address),
    province_code: address.provinceCode,
    country_code: address.countryCode,
    country_name: address.country,
    default: address.id === customer.defaultAddressId,
  }
}
