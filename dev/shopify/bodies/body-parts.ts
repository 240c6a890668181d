import { type Json } from '../json'
import { type Address, type Amount, type Id, type Order, type Time } from '../store/model'
import { moneyIn } from '../store/money'
import { type ShopState } from '../store/shop-state'
import { withOffset } from '../store/times'

/** An id as a JSON number with every digit. */
export function idNumber(id: Id): bigint
export function idNumber(id: Id | null): bigint | null
export function idNumber(id: Id | null): bigint | null {
  return id === null ? null : BigInt(id)
}

export function gid(type: string, id: Id): string {
  return `gid://shopify/${type}/${id}`
}

export function time(shop: ShopState, at: Time): string
export function time(shop: ShopState, at: Time | null): string | null
export function time(shop: ShopState, at: Time | null): string | null {
  return at === null ? null : withOffset(at, shop.zone)
}

/** An amount in the currency that the customer saw. */
export function presented(order: Order, amount: Amount): Amount {
  const { currency, rate } = order.presentment
  if (currency === order.currency) return amount
  return moneyIn(currency).times(amount, rate)
}

/** The `*_set` of an amount: what the shop counts and what the customer saw. */
export function moneySet(order: Order, amount: Amount): Json {
  return {
    shop_money: { amount, currency_code: order.currency },
    presentment_money: { amount: presented(order, amount), currency_code: order.presentment.currency },
  }
}

export function addressBody(address: Address | null): Json {
  if (!address) return null
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: address.country,
    last_name: address.lastName,
    address2: address.address2,
    company: address.company,
    latitude: null,
    longitude: null,
    name: fullName(address),
    country_code: address.countryCode,
    province_code: address.provinceCode,
  }
}

export function fullName(person: { firstName: string | null; lastName: string | null }): string {
  return [person.firstName, person.lastName].filter(Boolean).join(' ')
}
