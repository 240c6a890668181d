import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSealer } from './sealing'

const [OLD, NEW] = [randomBytes(32), randomBytes(32)]
const sealer = createSealer([OLD])

describe('a sealer', () => {
  it('opens what it sealed, bytes and text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, purpose) => {
        expect(Uint8Array.from(sealer.open(sealer.seal(bytes, purpose), purpose))).toEqual(bytes)
      }),
    )
    expect(sealer.openText(sealer.seal('Grüße \u0000 \u{1F600}', 'p'), 'p')).toBe('Grüße \u0000 \u{1F600}')
  })

  it('never seals twice alike, and shows nothing of the text', () => {
    const [a, b] = [sealer.seal('a secret', 'p'), sealer.seal('a secret', 'p')]
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(false)
    expect(Buffer.from(a).toString('latin1')).not.toContain('secret')
  })

  it('opens for its own purpose only', () => {
    expect(() => sealer.open(sealer.seal('x', 'record:1'), 'record:2')).toThrow(
      expect.objectContaining({ code: 'SEAL_BROKEN' }) as Error,
    )
  })

  it('opens nothing that was altered or shortened, at any byte', () => {
    const sealed = sealer.seal('attack at dawn', 'p')
    for (let index = 0; index < sealed.length; index++) {
      const altered = Uint8Array.from(sealed)
      altered[index]! ^= 1
      for (const bytes of [altered, sealed.slice(0, index)]) {
        expect(() => sealer.open(bytes, 'p')).toThrow(
          expect.objectContaining({ code: 'SEAL_BROKEN' }) as Error,
        )
      }
    }
  })

  it('with a rotated key opens what the old one sealed, and seals with the new one', () => {
    const rotated = createSealer([NEW, OLD])
    expect(rotated.openText(sealer.seal('old', 'p'), 'p')).toBe('old')
    expect(() => sealer.open(rotated.seal('new', 'p'), 'p')).toThrow('not in the ring')
    expect(createSealer([NEW]).openText(rotated.seal('new', 'p'), 'p')).toBe('new')
  })

  it('gives a text a fingerprint that is the same each time, shows nothing of it, and serves one purpose', () => {
    const [print] = sealer.fingerprints('ada', 'name:1')
    expect(sealer.fingerprints('ada', 'name:1')).toEqual([print])
    expect(print).toMatch(/^[\w-]{22}$/)
    expect(sealer.fingerprints('ada', 'name:2')).not.toContain(print)
    expect(sealer.fingerprints('adb', 'name:1')).not.toContain(print)
    expect(createSealer([NEW]).fingerprints('ada', 'name:1')).not.toContain(print)
  })

  it('gives a fingerprint for each key of its ring, that of the present one first', () => {
    const [print] = sealer.fingerprints('ada', 'p')
    const rotated = createSealer([NEW, OLD]).fingerprints('ada', 'p')
    expect(rotated).toEqual([createSealer([NEW]).fingerprints('ada', 'p')[0], print])
  })
})
