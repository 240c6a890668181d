import { fullName, gid } from '../../bodies/body-parts'
import { type Address, type Consent, type Customer } from '../../store/model'
import { listConnection } from '../connection'
import { fieldsOf, type Fields } from '../fields'
import { moneyV2 } from '../money'
import { isInReach, recordConnection } from '../record-lists'

type PossiblyKnown = Address & { id?: string }

/** Customers and addresses. */
export const customerTypes: Record<string, Fields> = {
  Customer: fieldsOf<Customer>({
    id: (customer) => gid('Customer', customer.id),
    legacyResourceId: (customer) => customer.id,
    firstName: (customer) => customer.firstName,
    lastName: (customer) => customer.lastName,
    displayName: (customer) => fullName(customer) || customer.email || customer.phone || '',
    email: (customer) => customer.email,
    phone: (customer) => customer.phone,
    note: (customer) => customer.note,
    locale: (customer) => customer.locale,
    state: (customer) => customer.state.toUpperCase(),
    tags: (customer) => customer.tags,
    taxExempt: (customer) => customer.taxExempt,
    taxExemptions: () => [],
    verifiedEmail: (customer) => customer.verifiedEmail,
    validEmailAddress: (customer) => customer.email !== null,
    multipassIdentifier: () => null,
    createdAt: (customer) => customer.createdAt,
    updatedAt: (customer) => customer.updatedAt,
    addresses: (customer, { first }) =>
      customer.addresses.slice(0, first === undefined ? 250 : Number(first)),
    addressesV2: (customer, args) => listConnection(customer.addresses, args, ({ id }) => id),
    defaultAddress: (customer) =>
      customer.addresses.find(({ id }) => id === customer.defaultAddressId) ?? null,
    defaultEmailAddress: (customer) => (customer.email === null ? null : customer),
    defaultPhoneNumber: (customer) => (customer.phone === null ? null : customer),
    emailMarketingConsent: (customer) => customer.emailConsent,
    smsMarketingConsent: (customer) => customer.smsConsent,
    numberOfOrders: ({ id }, _args, { lookup }) => String(lookup.totalsOfCustomer(id).numberOfOrders),
    amountSpent: ({ id }, _args, { shop, lookup }) =>
      moneyV2(lookup.totalsOfCustomer(id).amountSpent, shop.currency),
    lastOrder: ({ id }, _args, context) => {
      const { lastOrder } = context.lookup.totalsOfCustomer(id)
      return lastOrder && isInReach(context, lastOrder) ? lastOrder : null
    },
    orders: (customer, args, context) =>
      recordConnection(context, 'orders', args, context.lookup.ordersOf(customer.id)),
  }),
  CustomerEmailAddress: fieldsOf<Customer>({
    emailAddress: ({ email }) => email,
    validFormat: () => true,
    marketingState: ({ emailConsent }) => stateOf(emailConsent),
    marketingOptInLevel: ({ emailConsent }) => levelOf(emailConsent),
    marketingUpdatedAt: ({ emailConsent }) => emailConsent?.updatedAt ?? null,
    sourceLocation: () => null,
  }),
  CustomerPhoneNumber: fieldsOf<Customer>({
    phoneNumber: ({ phone }) => phone,
    marketingState: ({ smsConsent }) => stateOf(smsConsent),
    marketingOptInLevel: ({ smsConsent }) => levelOf(smsConsent),
    marketingUpdatedAt: ({ smsConsent }) => smsConsent?.updatedAt ?? null,
    marketingCollectedFrom: () => 'OTHER',
    smsMarketingConsent: ({ smsConsent }) => smsConsent ?? NO_CONSENT,
    sourceLocation: () => null,
  }),
  CustomerSmsMarketingConsent: fieldsOf<Consent>({
    state: (consent) => (consent.state === 'not_subscribed' ? 'NEVER_SUBSCRIBED' : stateOf(consent)),
    optInLevel: (consent) => levelOf(consent),
    updatedAt: ({ updatedAt }) => updatedAt,
    collectedFrom: () => 'OTHER',
    sourceLocation: () => null,
  }),
  CustomerEmailMarketingConsentState: fieldsOf<Consent>({
    marketingState: (consent) => stateOf(consent),
    marketingOptInLevel: (consent) => levelOf(consent),
    consentUpdatedAt: ({ updatedAt }) => updatedAt,
    sourceLocation: () => null,
  }),
  CustomerSmsMarketingConsentState: fieldsOf<Consent>({
    marketingState: (consent) => stateOf(consent),
    marketingOptInLevel: (consent) => levelOf(consent) ?? 'UNKNOWN',
    consentUpdatedAt: ({ updatedAt }) => updatedAt,
    consentCollectedFrom: () => 'OTHER',
    sourceLocation: () => null,
  }),
  MailingAddress: fieldsOf<PossiblyKnown>({
    id: (address) => gid('MailingAddress', address.id ?? '1'),
    firstName: ({ firstName }) => firstName,
    lastName: ({ lastName }) => lastName,
    name: (address) => fullName(address),
    company: ({ company }) => company,
    address1: ({ address1 }) => address1,
    address2: ({ address2 }) => address2,
    city: ({ city }) => city,
    province: ({ province }) => province,
    provinceCode: ({ provinceCode }) => provinceCode,
    country: ({ country }) => country,
    countryCode: ({ countryCode }) => countryCode,
    countryCodeV2: ({ countryCode }) => countryCode,
    zip: ({ zip }) => zip,
    phone: ({ phone }) => phone,
    latitude: () => null,
    longitude: () => null,
    coordinatesValidated: () => false,
    formatted: (address) => [address.address1, address.city, address.country].filter(Boolean),
  }),
}

const NO_CONSENT: Consent = { state: 'not_subscribed', optInLevel: null, updatedAt: null }

function stateOf(consent: Consent | null): string {
  return (consent ?? NO_CONSENT).state.toUpperCase()
}

function levelOf(consent: Consent | null): string | null {
  return consent?.optInLevel?.toUpperCase() ?? null
}
