import { describe, expect, it } from 'vitest'
import { CountedState } from '~/records/count-records'
import { countByResource, type Counts, parityOf, sumOf, underWay } from './parity'

const NONE: Counts = {
  inStep: 0,
  deleted: 0,
  waiting: 0,
  retrying: 0,
  held: 0,
  failed: 0,
  unknown: 0,
  excluded: 0,
}

describe('the counts of a resource', () => {
  it('put every state of a record somewhere', () => {
    const rows = CountedState.options.map((state) => ({
      resource: 'order' as const,
      state,
      reason: '',
      count: 1,
    }))

    expect(countByResource(rows, ['order'])).toEqual([
      {
        resource: 'order',
        inStep: 1,
        deleted: 1,
        waiting: 2,
        retrying: 1,
        held: 1,
        failed: 1,
        unknown: 1,
        excluded: 1,
        excludedBecause: [{ reason: '', count: 1 }],
      },
    ])
  })

  it('are zeros for a resource that has no records, and keep the order asked for', () => {
    const rows = [{ resource: 'product' as const, state: 'in_step' as const, reason: '', count: 3 }]

    expect(countByResource(rows, ['product', 'customer']).map((row) => [row.resource, row.inStep])).toEqual([
      ['product', 3],
      ['customer', 0],
    ])
  })

  it('say why records are excluded, the most frequent reason first', () => {
    const excluded = (reason: string, count: number) =>
      ({ resource: 'order', state: 'excluded', reason, count }) as const

    const [orders] = countByResource([excluded('Few.', 2), excluded('Many.', 40)], ['order'])

    expect(orders?.excluded).toBe(42)
    expect(orders?.excludedBecause).toEqual([
      { reason: 'Many.', count: 40 },
      { reason: 'Few.', count: 2 },
    ])
  })
})

describe('parity', () => {
  it('counts a deletion that the SaaS has taken as in step, and leaves excluded records out', () => {
    expect(parityOf([{ ...NONE, inStep: 2, deleted: 1, waiting: 1, excluded: 50 }])).toEqual({
      inStep: 3,
      expected: 4,
      share: 0.75,
    })
  })

  it('is never all while anything is on its way, failed, or not known', () => {
    for (const state of ['waiting', 'retrying', 'held', 'failed', 'unknown'] as const)
      expect(parityOf([{ ...NONE, inStep: 1, [state]: 1 }]).share).toBe(0.5)
  })

  it('is nothing, rather than all, when nothing has to be in step', () => {
    expect(parityOf([]).share).toBeNull()
    expect(parityOf([{ ...NONE, excluded: 2 }]).share).toBeNull()
  })

  it('of several resources is that of their sums', () => {
    const rows = [
      { ...NONE, inStep: 1, held: 2 },
      { ...NONE, retrying: 3, waiting: 4 },
    ]
    expect(underWay(sumOf(rows))).toBe(9)
    expect(parityOf(rows)).toEqual({ inStep: 1, expected: 10, share: 0.1 })
  })
})
