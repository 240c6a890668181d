import ipaddr from 'ipaddr.js'

/** What is wrong with an address that a person has typed; its words are `field.<fault>`. */
export type AddressFault =
  | 'ADDRESS_INVALID'
  | 'ADDRESS_TOO_LONG'
  | 'ADDRESS_NOT_HTTPS'
  | 'ADDRESS_WITH_PASSWORD'
  | 'ADDRESS_WITH_QUERY'
  | 'ADDRESS_PORT'
  | 'ADDRESS_NOT_PUBLIC'

/** A typed address as it is to be stored, without a slash at its end; or why it is not taken. */
export type ReadAddress = { address: string } | { fault: AddressFault }

const MAX_LENGTH = 500
/** Ports below are of services of a machine; of these only that of https. */
const FIRST_FREE_PORT = 1024
/** Names that no public server has (RFC 6761, 6762, 8375 and the `internal` of ICANN). */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa|lan|intranet|corp|home)$/

/**
 * Reads an address that a person has typed: https, public as far as its text tells, without a password in it. Without `https://` in front,
 * that is meant. Where its name leads is looked at by whoever calls it: see guarded-fetch.ts.
 *
 * @param options.withQuery whether it may have a query, as the address of a webhook may
 */
export function readPublicAddress(text: string, { withQuery = false } = {}): ReadAddress {
  const typed = text.trim()
  if (typed.length > MAX_LENGTH) return { fault: 'ADDRESS_TOO_LONG' }
  const full = typed.includes('://') ? typed : `https://${typed}`
  if (!URL.canParse(full)) return { fault: 'ADDRESS_INVALID' }

  const url = new URL(full)
  const fault = faultOf(url, withQuery)
  return fault ? { fault } : { address: (url.origin + url.pathname).replace(/\/+$/, '') + url.search }
}

/** Whether an address is public as far as its text tells: no private network, no machine's own names. */
export function isPublicHost({ hostname }: URL): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(name)) return isPublicIp(name)
  return name.includes('.') && !PRIVATE_NAME.test(name)
}

/** Whether an IP address is one of the public internet: neither private, loopback, link-local, shared, multicast nor mapped, and not reserved. */
export function isPublicIp(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false
  const parsed = ipaddr.parse(ip)
  // Of IPv6, only 2000::/3 is given out.
  if (parsed instanceof ipaddr.IPv6 && (parsed.parts[0]! & 0xe000) !== 0x2000) return false
  return parsed.range() === 'unicast'
}

function faultOf(url: URL, withQuery: boolean): AddressFault | null {
  if (url.protocol !== 'https:') return 'ADDRESS_NOT_HTTPS'
  if (url.username !== '' || url.password !== '') return 'ADDRESS_WITH_PASSWORD'
  if (url.hash !== '' || (url.search !== '' && !withQuery)) return 'ADDRESS_WITH_QUERY'
  if (url.port !== '' && Number(url.port) < FIRST_FREE_PORT) return 'ADDRESS_PORT'
  return isPublicHost(url) ? null : 'ADDRESS_NOT_PUBLIC'
}
