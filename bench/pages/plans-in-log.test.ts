import { describe, expect, it } from 'vitest'
import { plansInLog } from './plans-in-log'

const LOG = `2026-11-22 07:10:11.123 UTC [17] LOG:  checkpoint starting: time
2026-11-22 07:10:12.001 UTC [18] LOG:  duration: 0.051 ms  plan:
\t{
\t  "Query Text": "SELECT 1\\n FROM \\"Shop\\"",
\t  "Plan": {
\t    "Node Type": "Result",
\t    "Actual Rows": 1
\t  }
\t}
2026-11-22 07:10:12.002 UTC [18] LOG:  duration: 71.5 ms  plan:
\t{
\t  "Query Text": "SELECT 2",
\t  "Plan": {
\t    "Node Type": "Seq Scan"
\t  }
\t}
`

describe('the plans in a log', () => {
  it('are told with their statements and times, and nothing else is', () => {
    expect(plansInLog(LOG)).toEqual([
      { ms: 0.051, text: 'SELECT 1\n FROM "Shop"', plan: { 'Node Type': 'Result', 'Actual Rows': 1 } },
      { ms: 71.5, text: 'SELECT 2', plan: { 'Node Type': 'Seq Scan' } },
    ])
  })

  it('are none where nothing ran', () => {
    expect(plansInLog('2026-11-22 07:10:11.123 UTC [17] LOG:  checkpoint starting: time\n')).toEqual([])
  })
})
