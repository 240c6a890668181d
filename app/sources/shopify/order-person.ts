import { type OrderFields, type Pii } from '../../contracts/shared-schema'
import { emailHash } from '../../lib/email-hash'
import { omitUndefined } from '../../lib/omit-undefined'
import { type Order } from './order-payload'
import { knownId } from './payload'
import { toAddress, unlessEmpty } from './person'

/** Who ordered, and where it goes. */
export function orderPerson(order: Order): OrderFields {
  const email = emailOf(order)
  return omitUndefined({
    // Null stays null: a guest, or no company.
    customer_external_id: order.customer && knownId(order.customer),
    company_external_id: order.company && knownId(order.company),
    email_hash: email === undefined ? undefined : emailHash(email),
    ship_to: shipTo(order),
    pii: unlessEmpty(pii(order, email)),
  })
}

function emailOf({ email, contact_email: contact }: Order): string | null | undefined {
  return email ?? contact ?? (email === undefined ? contact : email)
}

function shipTo({ shipping_address: address }: Order): OrderFields['ship_to'] {
  return (
    address && { country_code: address.country_code ?? null, province_code: address.province_code ?? null }
  )
}

/** The names are the customer's; a guest's are those on the bill, or on the parcel. Whose they are is unknown where it is not said who is a guest. */
function pii(order: Order, email: string | null | undefined): Pii {
  const { customer, billing_address: bill, shipping_address: parcel } = order
  const person = customer === undefined ? undefined : (customer ?? bill ?? parcel)
  return omitUndefined({
    email,
    phone: order.phone,
    first_name: person?.first_name,
    last_name: person?.last_name,
    note: order.note,
    addresses: addresses(order),
  })
}

/** Where it goes, then who pays. */
function addresses({ shipping_address: shipping, billing_address: billing }: Order): Pii['addresses'] {
  if (shipping === undefined && billing === undefined) return undefined
  return [shipping, billing].flatMap((address) => (address ? [toAddress(address)] : []))
}
