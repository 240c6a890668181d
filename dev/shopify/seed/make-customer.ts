import { type Address, type Consent, type Customer, type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { handleOf } from './make-product'
import { FIRST_NAMES, LAST_NAMES, NOTES, PLACES, TAGS, type Place } from './words'

/** A plausible customer of that moment, not yet in the shop. Some have no e-mail, no name, or no address. */
export function makeCustomer(shop: ShopState, at: Time): Customer {
  const { random } = shop
  const id = shop.newId()
  const firstName = random.chance(0.95) ? random.pick(FIRST_NAMES) : null
  const lastName = random.chance(0.95) ? random.pick(LAST_NAMES) : null
  const mailbox = handleOf(`${firstName ?? 'guest'} ${lastName ?? ''}`)
  const email = random.chance(0.95) ? `${mailbox}.${id.slice(-4)}@example.com` : null
  const phone = random.chance(0.6) ? `+1416555${String(random.int(0, 9999)).padStart(4, '0')}` : null
  const addresses = Array.from({ length: random.pick([0, 1, 1, 1, 2]) }, () => ({
    id: shop.newId(),
    ...makeAddress(shop, random.pick(PLACES), { firstName, lastName, phone }),
  }))
  return {
    id,
    firstName,
    lastName,
    email,
    phone,
    state: random.pick(['disabled', 'disabled', 'enabled', 'invited'] as const),
    note: random.chance(0.2) ? random.pick(NOTES) : null,
    verifiedEmail: email !== null,
    taxExempt: random.chance(0.05),
    locale: random.pick(['en', 'en', 'fr', 'de', 'ja']),
    tags: random.sample(TAGS, random.int(0, 2)).toSorted(),
    addresses,
    defaultAddressId: addresses[0]?.id ?? null,
    emailConsent: email ? makeConsent(shop, at) : null,
    smsConsent: phone ? makeConsent(shop, at) : null,
    createdAt: at,
    updatedAt: at,
  }
}

export function makeAddress(
  shop: ShopState,
  place: Place,
  who: { firstName: string | null; lastName: string | null; phone: string | null },
): Address {
  const { city, province, provinceCode, country, countryCode, zip } = place
  return {
    ...who,
    company: shop.random.chance(0.2) ? 'Dubois & Fils / Import' : null,
    address1: `${shop.random.int(1, 980)} Rue de l'Église`,
    address2: shop.random.chance(0.3) ? `Apt ${shop.random.int(1, 40)}` : null,
    city,
    province,
    provinceCode,
    country,
    countryCode,
    zip,
  }
}

function makeConsent(shop: ShopState, at: Time): Consent {
  const state = shop.random.pick(['subscribed', 'not_subscribed', 'unsubscribed', 'pending'] as const)
  return {
    state,
    optInLevel: state === 'not_subscribed' ? null : 'single_opt_in',
    updatedAt: state === 'not_subscribed' ? null : at,
  }
}
