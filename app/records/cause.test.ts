import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { causeKey, causeOf, OTHER_CAUSES, partsOfCause } from './cause'

const said = (words: string) => partsOfCause(causeOf('C', words)).complaint

describe('the cause of a dead letter', () => {
  it.each([
    ['a number', 'Order 1001 has no total', 'Order … has no total'],
    ['a number with a sign', 'Order #1001-B is there already', 'Order … is there already'],
    ['an amount', 'total is -12.50 EUR, and must be 0 or more', 'total is … EUR, and must be … or more'],
    ['a quoted value', 'name "Blue mug" and sku \'MUG-1\' are taken', 'name … and sku … are taken'],
    ['an address of the web', 'see https://saas.example/orders/1', 'see …'],
    ['an e-mail address', 'ada@example.com is taken', '… is taken'],
    ['an id', '0190b7a4-7f3c-7d10-8f6b-2f6a5d1c9e01 is unknown', '… is unknown'],
    ['an id of letters and digits', 'cus_9s6XKzkNRiz8i3 is unknown', '… is unknown'],
    ['a date', 'no price since 2026-11-21T10:00:00Z', 'no price since …'],
    ['several in a row', 'unknown: 1, 2, 3', 'unknown: …'],
  ])('leaves out what tells one record from another: %s', (_name, words, expected) => {
    expect(said(words)).toBe(expected)
  })

  it('keeps the status of the answer, and words with an apostrophe', () => {
    expect(said("The SaaS refused the record (422): it doesn't have a total")).toBe(
      "The SaaS refused the record (422): it doesn't have a total",
    )
  })

  it('is the same for records that differ in their values only', () => {
    const causes = [7, 12_345].map((id) => causeOf('TAKEN', `The number ${id} is taken by "Order ${id}"`))
    expect(new Set(causes).size).toBe(1)
    expect(new Set(causes.map(causeKey)).size).toBe(1)
  })

  it('keeps its code, and differs where the code does', () => {
    expect(partsOfCause(causeOf('HTTP_422', 'No.'))).toEqual({ code: 'HTTP_422', complaint: 'No.' })
    expect(causeOf('A', 'No.')).not.toBe(causeOf('B', 'No.'))
  })

  it('can be told from that of which nothing more is told', () => {
    expect(partsOfCause(OTHER_CAUSES)).toEqual({ code: null, complaint: null })
    expect(partsOfCause(causeOf('HTTP_500', ''))).toEqual({ code: 'HTTP_500', complaint: null })
  })

  it('is short, whatever a SaaS says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.string({ maxLength: 90 }),
        (words, code) => {
          const cause = causeOf(code, words)
          expect(cause.length).toBeLessThanOrEqual(182)
          expect(cause.isWellFormed()).toBe(true)
          expect(causeOf(code, words)).toBe(cause)
        },
      ),
    )
  })
})
