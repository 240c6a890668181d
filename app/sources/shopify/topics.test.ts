import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SHOPIFY_TOPICS, topicOf } from './topics'

const ROOT = new URL('../../../', import.meta.url)

describe('the table of topics', () => {
  it('names files that exist', () => {
    for (const [name, { handler }] of Object.entries(SHOPIFY_TOPICS)) {
      expect({ name, exists: existsSync(new URL(handler, ROOT)) }).toEqual({ name, exists: true })
    }
  })

  it('holds all topics that are to be handled', () => {
    const resources = ['customers/update', 'orders/updated', 'products/update', 'collections/update']
    const verbs = resources.flatMap((update) => {
      const resource = update.split('/')[0] ?? ''
      return [`${resource}/create`, update, `${resource}/delete`]
    })
    const others = [
      'orders/cancelled',
      'orders/edited',
      'orders/paid',
      'orders/fulfilled',
      'refunds/create',
      'fulfillments/create',
      'fulfillments/update',
      'customers/enable',
      'customers/disable',
      'customers/merge',
      'customer.tags_added',
      'customer.tags_removed',
      'customers_email_marketing_consent/update',
      'customers_marketing_consent/update',
      'customers/purchasing_summary',
      'inventory_levels/update',
      'app/uninstalled',
      'app/scopes_update',
      'shop/update',
      'bulk_operations/finish',
      'customers/data_request',
      'customers/redact',
      'shop/redact',
    ]
    for (const name of [...verbs, ...others]) expect(topicOf(name), name).toBeDefined()
  })

  it('asks for a scope exactly where Shopify does', () => {
    for (const [name, { resource, scope }] of Object.entries(SHOPIFY_TOPICS)) {
      expect({ name, asks: scope !== null }).toEqual({ name, asks: resource !== null })
    }
  })
})
