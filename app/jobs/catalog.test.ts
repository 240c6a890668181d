import { expect, it } from 'vitest'
import { jobKey } from './catalog'

it('a job hides another of the same payload only', () => {
  const sourceConnectionId = '00000000-0000-7000-8000-000000000000'
  const products = jobKey('recompose', { sourceConnectionId, resource: 'product' })
  expect(products).not.toBe(jobKey('recompose', { sourceConnectionId, resource: 'customer' }))
  expect(products).toBe(jobKey('recompose', { sourceConnectionId, resource: 'product' }))
})
