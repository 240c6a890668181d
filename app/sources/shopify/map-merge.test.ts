import { describe, expect, it } from 'vitest'
import { mapped, shopifyBody } from '../../../tests/support/shopify-fixture'

describe('a merge of customers', () => {
  it('that is done deletes one customer and changes every part of the other', () => {
    expect(mapped('customers/merge', shopifyBody('2026-10/customers_merge'))).toEqual([
      {
        kind: 'deletion',
        resource: 'customer',
        externalId: '7234567890123456800',
        version: {
          updatedAt: '2026-09-14T16:20:32.123456789Z',
          triggeredAt: '2026-09-14T16:20:32.123456789Z',
        },
        deletedAt: '2026-09-14T16:20:32.123456789Z',
        mergedIntoExternalId: '7234567890123456789',
      },
      {
        kind: 'hint',
        resource: 'customer',
        externalId: '7234567890123456789',
        parts: ['core', 'tags', 'totals', 'consent'],
        hintedAt: '2026-09-14T16:20:32.123456789Z',
      },
    ])
  })

  it('that failed changes nothing, and the reason names nobody', () => {
    const news = mapped('customers/merge', shopifyBody('2026-10/customers_merge_failed'))
    expect(news).toEqual([{ kind: 'ignored', reason: 'The merge failed: both customers are as they were.' }])
  })

  it('that is under way changes nothing yet', () => {
    const news = mapped('customers/merge', {
      ...shopifyBody('2026-10/customers_merge'),
      status: 'IN_PROGRESS',
    })
    expect(news).toEqual([{ kind: 'ignored', reason: 'The merge is not completed yet.' }])
  })

  it('that does not say who is gone cannot be understood', () => {
    const news = mapped('customers/merge', { status: 'completed', admin_graphql_api_customer_kept_id: '1' })
    const reason = 'The field admin_graphql_api_customer_deleted_id is missing.'
    expect(news).toEqual([{ kind: 'unmapped', reason }])
  })
})
