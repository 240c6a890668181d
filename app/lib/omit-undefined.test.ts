import { describe, expect, it } from 'vitest'
import { omitUndefined } from './omit-undefined'

describe('omitting undefined values', () => {
  it('drops keys without a value and keeps null, false, zero and empty text', () => {
    const object = { gone: undefined, nothing: null, no: false, zero: 0, empty: '' }
    expect(Object.keys(omitUndefined(object))).toEqual(['nothing', 'no', 'zero', 'empty'])
  })
})
