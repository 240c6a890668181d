import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emailHash } from './email-hash'

describe('the hash of an e-mail address', () => {
  it('is the same however the address is cased and padded', () => {
    const hash = createHash('sha256').update('ada@example.org').digest('hex')
    expect(emailHash('ada@example.org')).toBe(hash)
    expect(emailHash('  Ada@Example.ORG\n')).toBe(hash)
  })

  it('is null where there is no address', () => {
    expect([emailHash(null), emailHash(''), emailHash('   ')]).toEqual([null, null, null])
  })
})
