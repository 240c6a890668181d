import { expect, it } from 'vitest'
import { aSlice } from '../../tests/support/slices'
import { type Slice } from './read-run'
import { countRead, isManyGone } from './count-gone'

it.each([
  [1, 99, true],
  [1, 100, false],
  [2, 100, true],
  [11, 1_000, true],
  [11, 1_100, false],
  [12, 1_100, true],
  [100, 100_000, false],
])('%i of %i gone is asked about: %s', (gone, held, isMany) => {
  expect(isManyGone({ resource: 'product', gone, held })).toBe(isMany)
})

it('what was read counts once, however often; what was not read to its end, and other resources, do not count', () => {
  const until = new Date('2026-09-22T12:00:00Z')
  const read = (readRecords: number, more: Partial<Slice> = {}) =>
    aSlice({ resource: 'order', state: 'finished', readRecords, ...more })
  const slices = [
    read(3_000),
    read(90_000, { createdUntil: until }),
    read(3_001),
    read(7, { updatedFrom: until }),
    read(5_000, { state: 'skipped' }),
    read(800, { resource: 'product' }),
  ]
  expect(countRead(slices, 'order')).toBe(93_001)
  expect(countRead(slices, 'customer')).toBe(0)
})
