import { describe, expect, it } from 'vitest'
import { isPublicIp, readPublicAddress } from './public-address'

describe('an address that a person types', () => {
  it.each([
    ['https://saas.example.com', 'https://saas.example.com'],
    ['https://saas.example.com/', 'https://saas.example.com'],
    ['  saas.example.com/base//  ', 'https://saas.example.com/base'],
    ['https://SAAS.example.com:8443/v1', 'https://saas.example.com:8443/v1'],
    ['https://8.8.8.8', 'https://8.8.8.8'],
    ['https://saas.example.com:443', 'https://saas.example.com'],
  ])('is taken when it is https and public: "%s"', (typed, address) => {
    expect(readPublicAddress(typed)).toEqual({ address })
  })

  it.each([
    ['', 'ADDRESS_INVALID'],
    ['https://', 'ADDRESS_INVALID'],
    ['two words', 'ADDRESS_INVALID'],
    ['http://saas.example.com', 'ADDRESS_NOT_HTTPS'],
    ['ftp://saas.example.com', 'ADDRESS_NOT_HTTPS'],
    ['https://me:secret@saas.example.com', 'ADDRESS_WITH_PASSWORD'],
    ['https://saas.example.com?key=1', 'ADDRESS_WITH_QUERY'],
    ['https://saas.example.com#part', 'ADDRESS_WITH_QUERY'],
    ['https://saas.example.com:22', 'ADDRESS_PORT'],
    ['https://localhost', 'ADDRESS_NOT_PUBLIC'],
    ['localhost:3000', 'ADDRESS_NOT_PUBLIC'],
    ['https://intranet', 'ADDRESS_NOT_PUBLIC'],
    ['https://db.internal', 'ADDRESS_NOT_PUBLIC'],
    ['https://printer.local.', 'ADDRESS_NOT_PUBLIC'],
    ['https://127.1', 'ADDRESS_NOT_PUBLIC'],
    ['https://0x7f000001', 'ADDRESS_NOT_PUBLIC'],
    ['https://2130706433', 'ADDRESS_NOT_PUBLIC'],
    ['https://169.254.169.254/latest', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::1]', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::ffff:10.0.0.1]', 'ADDRESS_NOT_PUBLIC'],
    [`https://saas.example.com/${'a'.repeat(500)}`, 'ADDRESS_TOO_LONG'],
  ])('is refused, and it is said why: "%s"', (typed, fault) => {
    expect(readPublicAddress(typed)).toEqual({ fault })
  })

  it('may have a query where that is asked for', () => {
    expect(readPublicAddress('https://hooks.example.com/in?to=me', { withQuery: true })).toEqual({
      address: 'https://hooks.example.com/in?to=me',
    })
  })
})

describe('an IP address', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111'])('of the internet is public: %s', (ip) => {
    expect(isPublicIp(ip)).toBe(true)
  })

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '127.0.0.1',
    '0.0.0.0',
    '100.64.0.1',
    '169.254.169.254',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '203.0.113.1',
    '::',
    '::1',
    'fe80::1',
    'fec0::1',
    'fd00::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:0:1::',
    '2001:db8::1',
    '100::1',
    '4000::1',
    'no address',
  ])('of another kind is not: %s', (ip) => {
    expect(isPublicIp(ip)).toBe(false)
  })
})
