import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailHash } from '~/lib/email-hash'
import { storable, TooDeep } from './storable'

describe('what may be stored of a record', () => {
  it('holds no text from under a key that ends in email', () => {
    const address = fc.emailAddress()
    const key = fc.constantFrom('email', 'Email', 'billing_email', 'contactEmail', 'e-mail')
    fc.assert(
      fc.property(address, key, (email, name) => {
        const stored = JSON.stringify(storable({ a: [{ [name]: email }], [name]: email }))
        expect(stored).not.toContain(JSON.stringify(email).slice(1, -1))
        expect(stored).toContain(emailHash(email))
      }),
    )
  })

  it('leaves other things under such keys as they are', () => {
    const record = { verified_email: true, email_consent: { state: 'subscribed' }, email_hash: 'x' }
    expect(storable(record)).toEqual(record)
  })

  it('has no hash for an empty address', () => {
    expect(storable({ email: ' ' })).toEqual({ email_hash: null })
  })

  it('keeps a key that would alter the object itself', () => {
    const record = JSON.parse('{"__proto__":{"a":1}}') as object
    expect(JSON.stringify(storable(record))).toBe('{"__proto__":{"a":1}}')
  })

  it('is refused when it is nested too deeply', () => {
    const deep = JSON.parse('[{"a":'.repeat(5_000) + '1' + '}]'.repeat(5_000)) as object[]
    expect(() => storable(deep[0]!)).toThrow(TooDeep)
  })
})

describe('the hash of an e-mail address', () => {
  it('is that of the trimmed, lower-cased text', () => {
    expect(emailHash('  Ada@Example.COM\n')).toBe(emailHash('ada@example.com'))
    expect(emailHash('ada@example.com')).toBe(
      'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
    )
  })
})
