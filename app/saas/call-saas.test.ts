import { describe, expect, it } from 'vitest'
import { readRetryAfter } from './call-saas'

const NOW = new Date('2026-11-21T12:00:00Z')
const DAY_MS = 24 * 60 * 60 * 1000

describe('a Retry-After header', () => {
  it.each([
    ['in seconds', '120', 120_000],
    ['in seconds, with blanks around it', ' 7 ', 7_000],
    ['of no time', '0', 0],
    ['as a date', 'Sat, 21 Nov 2026 12:05:00 GMT', 300_000],
    ['as a date that is over', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['of more than a day', '864000', DAY_MS],
    ['that no date can hold', '9'.repeat(300), DAY_MS],
    ['that is neither', 'soon', null],
    ['that is absent', null, null],
  ])('%s', (_case, header, expected) => {
    expect(readRetryAfter(header, NOW)).toBe(expected)
  })
})
