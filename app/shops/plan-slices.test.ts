import { expect, it } from 'vitest'
import { planSlices } from './plan-slices'

const NOW = new Date('2026-11-21T12:00:00Z')
const ALL = { createdFrom: null, createdUntil: null, updatedFrom: null }

it('what others refer to is read first, whatever the order asked for', () => {
  const slices = planSlices(['order', 'customer', 'product', 'category'], null, NOW)
  expect(slices.map(({ resource }) => resource)).toEqual([
    'category',
    'product',
    'customer',
    'order',
    'order',
  ])
})

it('only what was asked for is read', () => {
  expect(planSlices(['product'], null, NOW)).toEqual([{ resource: 'product', ...ALL }])
})

it('the newest orders come before the others, and none falls between the two', () => {
  const [recent, older] = planSlices(['order'], null, NOW)
  expect(recent).toMatchObject({ createdFrom: new Date('2026-08-23T12:00:00Z'), createdUntil: null })
  expect(older).toMatchObject({ createdFrom: null, createdUntil: new Date('2026-08-24T12:00:00Z') })
})

it('since a date means updated since then, of each slice', () => {
  const since = new Date('2026-11-01T00:00:00Z')
  const slices = planSlices(['order', 'category'], since, NOW)
  expect(slices.map(({ updatedFrom }) => updatedFrom)).toEqual([since, since, since])
})
