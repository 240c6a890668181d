import { describe, expect, it } from 'vitest'
import { mapped, shopifyBody } from '../../../tests/support/shopify-fixture'

describe('the life of an installation', () => {
  it('ends with app/uninstalled, whatever its body says', () => {
    const uninstalled = [{ kind: 'uninstalled', triggeredAt: '2026-09-14T16:20:32.123456789Z' }]
    expect(mapped('app/uninstalled', shopifyBody('2026-10/app_uninstalled'))).toEqual(uninstalled)
    expect(mapped('app/uninstalled', null)).toEqual(uninstalled)
    expect(mapped('app/uninstalled', {}, null)).toEqual([{ kind: 'uninstalled', triggeredAt: '' }])
  })

  it("has the shop's settings, those that are known", () => {
    expect(mapped('shop/update', shopifyBody('2026-10/shop_update'))).toEqual([
      { kind: 'shop', name: 'Fjord & Clay', currency: 'EUR', timeZone: 'Europe/Stockholm' },
    ])
    expect(mapped('shop/update', shopifyBody('2026-10/app_uninstalled'))).toEqual([
      { kind: 'shop', name: 'Fjord & Clay', currency: 'EUR' },
    ])
  })

  it('has the scopes that are granted now', () => {
    expect(mapped('app/scopes_update', shopifyBody('2026-10/app_scopes_update'))).toEqual([
      { kind: 'scopes', scopes: ['read_products', 'read_orders'] },
    ])
    expect(mapped('app/scopes_update', {})).toEqual([
      { kind: 'unmapped', reason: 'The field current is missing.' },
    ])
  })

  it('names the bulk operation that finished by its gid', () => {
    expect(mapped('bulk_operations/finish', shopifyBody('2026-10/bulk_operations_finish'))).toEqual([
      { kind: 'run_finished', bulkOperationId: 'gid://shopify/BulkOperation/147595010' },
    ])
  })
})
