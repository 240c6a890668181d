import { expect, it } from 'vitest'
import { maskValue } from './mask-value'

it.each([
  ['joana@shop.example', 'jo•••@•••.example'],
  ['a@b', '•••@•••'],
  ['Joana Silva', 'Jo•••'],
  ['Jo', 'J•••'],
  ['J', '•••'],
  ['+55 11 91234-5678', '+5•••'],
  ['ab'.repeat(32), 'ababab…'],
  [[{ city: 'Recife' }, {}], '••• × 2'],
  [17, '•••'],
  [[], null],
  ['', null],
  [null, null],
  [undefined, null],
])('only the shape is shown: %j', (value, shape) => {
  expect(maskValue(value)).toBe(shape)
})
