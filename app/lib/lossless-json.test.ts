import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLossless } from './lossless-json'

describe('lossless JSON', () => {
  it('keeps every number as it was written', () => {
    const text = '{"id": 820982911946154508, "price": 10.50, "rate": 1E-7, "list": [-0, 1.0]}'
    expect(parseLossless(text)).toEqual({
      id: '820982911946154508',
      price: '10.50',
      rate: '1E-7',
      list: ['-0', '1.0'],
    })
  })

  it('leaves text, booleans and null as they are', () => {
    expect(parseLossless('["7", true, false, null, {"a": "\\u00e9"}]')).toEqual([
      '7',
      true,
      false,
      null,
      { a: 'é' },
    ])
  })

  it('keeps numbers of any length', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{0,60}$/), (digits) => {
        expect(parseLossless(`{"id":${digits}}`)).toEqual({ id: digits })
      }),
    )
  })

  it('is what JSON says where there are no numbers', () => {
    const withoutNumbers = fc.letrec((value) => ({
      value: fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(value('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), value('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value
    fc.assert(
      fc.property(withoutNumbers, (value) => {
        expect(parseLossless(JSON.stringify(value))).toEqual(value)
      }),
    )
  })

  it.each(['', '{', 'undefined', '{"a":01}', "{'a':1}", '\uFEFF{}'])('refuses %j', (text) => {
    expect(() => parseLossless(text)).toThrow(SyntaxError)
  })
})
