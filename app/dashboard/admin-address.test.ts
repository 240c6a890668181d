import { expect, it } from 'vitest'
import { adminAddress } from './admin-address'

const tea = { platform: 'shopify', store: 'tea.myshopify.com', externalId: '42' } as const

it.each([
  ['order', 'orders'],
  ['product', 'products'],
  ['customer', 'customers'],
  ['category', 'collections'],
] as const)('a record has its page in the Shopify admin: %s', (resource, folder) => {
  expect(adminAddress({ ...tea, resource })).toBe(`https://admin.shopify.com/store/tea/${folder}/42`)
})

it('what Shopify does not have has no page there', () => {
  expect(adminAddress({ ...tea, resource: 'message' })).toBeNull()
  expect(adminAddress({ ...tea, resource: 'order', platform: 'woocommerce' })).toBeNull()
  expect(adminAddress({ ...tea, resource: 'order', store: 'tea.example' })).toBeNull()
  expect(adminAddress({ ...tea, resource: 'order', externalId: '1/../2' })).toBeNull()
})
