import { describe, expect, it } from 'vitest'
import { creations, shuffledChanges } from './burst'
import { alterations, expectedProduct, productBody } from './product'

describe('a burst', () => {
  it('gives every product all of its changes, in their order, among those of the others', () => {
    const list = shuffledChanges(40, 5, 4)
    expect(list).toHaveLength(20)
    for (let product = 40; product < 45; product += 1) {
      const own = list.filter((one) => one.product === product).map(({ change }) => change)
      expect(own).toEqual([1, 2, 3, 4])
    }
    expect(list.map(({ product }) => product)).not.toEqual(list.map(({ product }) => product).toSorted())
  })

  it('is the same each time', () => {
    expect(shuffledChanges(0, 10, 10)).toEqual(shuffledChanges(0, 10, 10))
  })

  it('begins with products that exist', () => {
    expect(creations(7, 2)).toEqual([
      { product: 7, change: 0 },
      { product: 8, change: 0 },
    ])
  })

  it('alters nothing in every second change but the time', () => {
    expect([0, 1, 2, 3, 4].map(alterations)).toEqual([0, 1, 1, 2, 2])
    const withoutTime = (change: number) => ({
      ...(JSON.parse(productBody(1, change)) as object),
      updated_at: '',
    })
    expect(withoutTime(2)).toEqual(withoutTime(1))
    expect(withoutTime(3)).not.toEqual(withoutTime(2))
    expect(expectedProduct(1, 10).data.price).toBe('25.90')
  })
})
