import { type Address } from '../../contracts/shared-schema'
import { omitUndefined } from '../../lib/omit-undefined'
import { type z } from 'zod'
import { Flag, object, Text } from './payload'

/** A postal address, of a customer or of an order. */
export const PostalAddress = object({
  first_name: Text,
  last_name: Text,
  company: Text,
  address1: Text,
  address2: Text,
  city: Text,
  province: Text,
  province_code: Text,
  country: Text,
  country_code: Text,
  zip: Text,
  phone: Text,
  default: Flag,
})
export type PostalAddress = z.output<typeof PostalAddress>

/** An address in the shared vocabulary. An order's address is nobody's default: the field stays absent. */
export function toAddress(address: PostalAddress, isDefault = address.default ?? undefined): Address {
  const { first_name, last_name, company, address1, address2, city, province, country, zip, phone } = address
  return omitUndefined({
    first_name,
    last_name,
    company,
    address1,
    address2,
    city,
    province,
    country,
    zip,
    phone,
    is_default: isDefault,
  })
}

/** First and last name, and nothing else; null when both are empty, absent unless both are known. */
export function displayName(first: string | null | undefined, last: string | null | undefined) {
  if (first === undefined || last === undefined) return undefined
  const names = [first, last].map((name) => name?.trim() ?? '').filter((name) => name !== '')
  return names.length === 0 ? null : names.join(' ')
}

/** The object, or undefined when it has no key: nothing is known. */
export function unlessEmpty<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object
}
