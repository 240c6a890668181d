import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalHash, canonicalJson } from './canonical-json'

/** The value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves lists in their order', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}')
  })

  it('tells an absent key apart from null, and not from undefined', () => {
    expect(canonicalJson({ a: undefined })).toBe(canonicalJson({}))
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}))
  })

  it('keeps a key that would set the prototype of an object', () => {
    const value: unknown = JSON.parse('{"b":1,"__proto__":{"a":1}}')
    expect(canonicalJson(value)).toBe('{"__proto__":{"a":1},"b":1}')
  })

  it('is the same whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
        expect(canonicalHash(reversed(value))).toBe(canonicalHash(value))
      }),
    )
  })

  it('reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('the canonical hash', () => {
  it('is SHA-256 in hex', () => {
    expect(canonicalHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })
})
