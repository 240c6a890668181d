import { expect, it } from 'vitest'
import { jobKey } from './catalog'

it('a job hides another of the same payload only', () => {
  const run = jobKey('reevaluate', { runId: '00000000-0000-7000-8000-000000000000' })
  expect(run).not.toBe(jobKey('reevaluate', { runId: '00000000-0000-7000-8000-000000000001' }))
  expect(run).toBe(jobKey('reevaluate', { runId: '00000000-0000-7000-8000-000000000000' }))
})
