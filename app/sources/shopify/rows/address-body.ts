import { type Row, renamed } from './row'

const ADDRESS = {
  first_name: 'firstName',
  last_name: 'lastName',
  company: 'company',
  address1: 'address1',
  address2: 'address2',
  city: 'city',
  province: 'province',
  province_code: 'provinceCode',
  country: 'country',
  country_code: 'countryCodeV2',
  zip: 'zip',
  phone: 'phone',
}

/** A `MailingAddress` as webhooks write one. */
export function addressBody(address: Row): Row {
  return renamed(address, ADDRESS)
}
