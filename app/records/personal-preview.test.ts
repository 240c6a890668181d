import { describe, expect, it } from 'vitest'
import { PERSONAL_FIELDS, PiiPolicy } from '../contracts/resource'
import { withExample } from './example-known'
import { NOTHING } from './known'
import { personalPreview } from './personal-preview'

const preview = (resource: 'customer' | 'order') =>
  personalPreview(
    {
      platform: 'shopify',
      store: 'tea.myshopify.com',
      currency: 'EUR',
      erasedFields: [],
      resource,
      externalId: '7',
    },
    withExample(resource, NOTHING).known,
  )

describe.each(['customer', 'order'] as const)('what leaves of a personal record: %s', (resource) => {
  it.each(PiiPolicy.options)('is what the policy %s lets out, and a hash', (policy) => {
    for (const { name, under } of preview(resource).personal) {
      const isLetOut = PERSONAL_FIELDS[policy].includes(name.split('.')[0]!)
      expect(under[policy], name).toBe(name === 'email_hash' ? 'hash' : isLetOut ? 'sent' : 'not_sent')
    }
  })

  it('has no personal field among those that always leave', () => {
    const { others } = preview(resource)
    expect(others).toContain('external_id')
    expect(others.filter((name) => PERSONAL_FIELDS.full.includes(name) || name.startsWith('pii'))).toEqual([])
  })
})
