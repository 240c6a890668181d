import { describe, expect, it } from 'vitest'
import { RecordState } from '~/contracts/states'
import { countByResource, parityOf } from './parity'

describe('the counts of a resource', () => {
  it('put every state of a record somewhere', () => {
    const rows = RecordState.options.map((state) => ({ resource: 'order' as const, state, count: 1 }))

    expect(countByResource(rows, ['order'])).toEqual([
      { resource: 'order', inStep: 1, waiting: 4, failed: 1, excluded: 1, deleted: 1 },
    ])
  })

  it('are zeros for a resource that has no records, and keep the order asked for', () => {
    const rows = [{ resource: 'product' as const, state: 'in_step' as const, count: 3 }]

    expect(countByResource(rows, ['product', 'customer']).map((row) => [row.resource, row.inStep])).toEqual([
      ['product', 3],
      ['customer', 0],
    ])
  })
})

describe('parity', () => {
  it('counts neither excluded nor deleted records as records that should be in step', () => {
    expect(parityOf([{ inStep: 3, waiting: 1, failed: 0, excluded: 50, deleted: 50 }])).toEqual({
      inStep: 3,
      expected: 4,
      share: 0.75,
    })
  })

  it('is nothing, rather than all, when nothing has to be in step', () => {
    expect(parityOf([]).share).toBeNull()
    expect(parityOf([{ inStep: 0, waiting: 0, failed: 0, excluded: 2, deleted: 1 }]).share).toBeNull()
  })
})
