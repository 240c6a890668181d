import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimals, compareDecimals, multiplyDecimal, subtractDecimals, toMoney } from './decimal'

const cents = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
const decimal = fc
  .tuple(cents, fc.integer({ min: 0, max: 8 }))
  .map(([units, scale]) => `${units < 0n ? '-' : ''}${withPoint(units < 0n ? -units : units, scale)}`)

function withPoint(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

describe('money', () => {
  it.each([
    ['99.9', 'USD', '99.90'],
    ['99', 'EUR', '99.00'],
    ['1200.0', 'JPY', '1200'],
    ['1.5', 'KWD', '1.500'],
    ['1e3', 'USD', '1000.00'],
    ['1.25e-1', 'USD', '0.125'],
    ['-0.00', 'USD', '0.00'],
    ['007.5', 'USD', '7.50'],
  ])('%s in %s is %s', (text, currency, money) => {
    expect(toMoney(text, currency)).toBe(money)
  })

  it('is never rounded: digits beyond the currency stay', () => {
    expect(toMoney('0.1234', 'USD')).toBe('0.1234')
    expect(toMoney('0.12340', 'USD')).toBe('0.1234')
    expect(toMoney('10.50', 'JPY')).toBe('10.5')
  })

  it('keeps its digits without a currency', () => {
    expect(toMoney('10.500', null)).toBe('10.500')
  })

  it('has two digits in a currency that nobody knows', () => {
    expect(toMoney('1', 'ZZZ')).toBe('1.00')
  })

  it.each(['', 'abc', '1,5', '1.2.3', 'NaN', 'Infinity', '0x10', ' 1', '1e999', '9'.repeat(1001)])(
    '%j is refused',
    (text) => {
      expect(() => toMoney(text, 'USD')).toThrow(RangeError)
    },
  )

  it('keeps its value, whatever the number', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom('USD', 'JPY', 'KWD', null), (text, currency) => {
        expect(compareDecimals(toMoney(text, currency), text)).toBe(0)
      }),
    )
  })

  it('is the same text for the same value, whatever zeros it came with', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 4 }), (text, zeros) => {
        const padded = `${text.includes('.') ? text : `${text}.`}${'0'.repeat(zeros)}`
        expect(toMoney(padded, 'USD')).toBe(toMoney(text, 'USD'))
      }),
    )
  })
})

describe('sums', () => {
  it('are exact where floats are not', () => {
    expect(addDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(addDecimals(['90071992547409930.01', '0.02'])).toBe('90071992547409930.03')
  })

  it('of nothing is zero', () => {
    expect(addDecimals([])).toBe('0')
  })

  it('do not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(decimal), (texts) => {
        expect(addDecimals([...texts].reverse())).toBe(addDecimals(texts))
      }),
    )
  })

  it('are undone by a difference', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(compareDecimals(subtractDecimals(addDecimals([a, b]), b), a)).toBe(0)
      }),
    )
  })
})

describe('products', () => {
  it('keep the decimals of the price', () => {
    expect(multiplyDecimal('19.99', 3)).toBe('59.97')
    expect(multiplyDecimal('0.10', 0)).toBe('0.00')
    expect(multiplyDecimal('5.00', -2)).toBe('-10.00')
  })

  it('equal as many sums', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 20 }), (text, times) => {
        const sum = addDecimals(Array.from({ length: times }, () => text))
        expect(compareDecimals(multiplyDecimal(text, times), sum)).toBe(0)
      }),
    )
  })
})
