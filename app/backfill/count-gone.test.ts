import { expect, it } from 'vitest'
import { isManyGone } from './count-gone'

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
