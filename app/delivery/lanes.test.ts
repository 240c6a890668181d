import { expect, it } from 'vitest'
import { waitAfterFailures } from './lanes'

it('a lane that fails is left alone for twice as long each time, half a minute at most', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(waitAfterFailures)).toEqual(
    [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000),
  )
})
