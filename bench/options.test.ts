import { describe, expect, it } from 'vitest'
import { PART_NAMES, readOptions } from './options'

describe('the options of the bench', () => {
  it('runs all parts at full size by default', () => {
    expect(readOptions([])).toEqual({
      check: false,
      compose: false,
      only: [...PART_NAMES],
      rounds: 5,
      seconds: 4,
      records: 5_000_000,
      backlog: 100_000,
      minutes: 10,
      lines: 1_000_000,
      planted: 1_000_000,
    })
  })

  it('runs the named parts, in their own order', () => {
    expect(readOptions(['--only', 'growth, backlog']).only).toEqual(['backlog', 'growth'])
  })

  it('refuses a part that there is not, and names those that there are', () => {
    expect(() => readOptions(['--only', 'growth,speed'])).toThrow(/no part speed.*acknowledgements, delivery/)
    expect(() => readOptions(['--only', ''])).toThrow(/no part/)
  })

  it('refuses a number that is none, or too small, and an option that there is not', () => {
    expect(() => readOptions(['--rounds', 'many'])).toThrow(/rounds/)
    expect(() => readOptions(['--records', '10'])).toThrow(/records/)
    expect(() => readOptions(['--speed', '10'])).toThrow(/speed/)
  })
})
