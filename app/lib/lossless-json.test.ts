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

  it.each([
    ['7', '7'],
    [' -0 ', '-0'],
    ['[0.25,1.0]', ['0.25', '1.0']],
    ['{"a":[1,\n2 , 820982911946154508 ]}', { a: ['1', '2', '820982911946154508'] }],
    ['["at 12:30:05, [7] or {8,9}", 1e2, 1]', ['at 12:30:05, [7] or {8,9}', '1e2', '1']],
    ['["a:\\",\\"7", 1e21]', ['a:","7', '1e21']],
    ['{"__proto__":{"a":1},"b":2}', JSON.parse('{"__proto__":{"a":"1"},"b":"2"}')],
  ])('keeps what stands in %j', (text, value) => {
    expect(parseLossless(text)).toEqual(value)
  })

  it('gives every number its source, however it is written and whatever strings stand beside it', () => {
    const number = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/)
    const space = fc.constantFrom('', ' ', '\n', '\t  ')
    fc.assert(
      fc.property(fc.array(fc.tuple(number, fc.string(), space), { minLength: 1 }), (entries) => {
        const members = entries.map(
          ([source, text, gap]) => `[${gap}${source}${gap},${JSON.stringify(text)}]`,
        )
        expect(parseLossless(`[${members.join(',')}]`)).toEqual(
          entries.map(([source, text]) => [source, text]),
        )
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
