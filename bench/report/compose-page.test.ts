import { describe, expect, it } from 'vitest'
import { composePage } from './compose-page'
import { finding } from './finding'
import { type PartResult } from './part-result'

const result = (part: PartResult['part'], findings: PartResult['findings']): PartResult => ({
  part,
  date: '2026-11-22',
  machine: '2 cores',
  conditions: '5 rounds',
  counts: { webhooks: 300, unacknowledged: 0, calls: 0, refusedOnPurpose: 0, failed: 0 },
  readings: [{ what: 'a bare server', measured: '4400' }],
  findings,
})

describe('the page of the benchmarks', () => {
  it('puts the numbers of all parts against their limits, and says of each part when and on what it ran', () => {
    const page = composePage([
      result('acknowledgements', [finding('acknowledgements-of-bare', [0.7])]),
      result('delivery', [finding('delivery-p50', [20, 30, 40])]),
    ])
    expect(page).toContain('| acknowledgements, to the bare server | 0.70 × | at least 0.6 × | yes |')
    expect(page).toContain('| 30.0 ms (20.0 – 40.0) | under 50 ms | yes |')
    expect(page).toContain('`--only delivery`, 2026-11-22')
    expect(page).toContain('| a bare server | 4400 |')
    expect(page).toContain('0 of 300 webhooks were answered with other than 200')
  })

  it('says of a number that is not reached how far it is, and of one that is reached no more', () => {
    const missed = composePage([result('growth', [finding('growth-intake', [0.4])])])
    expect(missed).toContain('**no**')
    expect(missed).toContain('- **acknowledgements on the large store, to the small one**: 50 % short')
    const reached = composePage([result('growth', [finding('growth-intake', [0.9])])])
    expect(reached).not.toContain('What stands in the way')
  })

  it('tells refusals that were meant from failures', () => {
    const burst = {
      ...result('burst', []),
      counts: { webhooks: 10, unacknowledged: 0, calls: 7, refusedOnPurpose: 2, failed: 1 },
    }
    expect(composePage([burst])).toContain(
      '1 of 7 calls to the SaaS failed; 2 were refused, as the SaaS was told to',
    )
  })
})
