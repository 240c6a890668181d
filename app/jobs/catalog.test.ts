import { expect, it } from 'vitest'
import { jobKey, JOBS } from './catalog'

it('a job hides another of the same payload only', () => {
  const run = jobKey('reevaluate', { runId: '00000000-0000-7000-8000-000000000000' })
  expect(run).not.toBe(jobKey('reevaluate', { runId: '00000000-0000-7000-8000-000000000001' }))
  expect(run).toBe(jobKey('reevaluate', { runId: '00000000-0000-7000-8000-000000000000' }))
})

it('a replay of what happened until later is another job than one that was asked for before', () => {
  const id = '00000000-0000-7000-8000-000000000000'
  const [since, until, later] = ['2026-11-21T00:00:00Z', '2026-11-21T12:00:00Z', '2026-11-21T12:00:01Z']
  const dead = { shopId: id, since, resource: null }
  expect(jobKey('replayDead', { ...dead, until })).not.toBe(jobKey('replayDead', { ...dead, until: later }))
  const [one, other] = ['a'.repeat(32), 'b'.repeat(32)]
  expect(jobKey('replayDead', { ...dead, until, cause: one })).not.toBe(
    jobKey('replayDead', { ...dead, until, cause: other }),
  )
  const events = { sourceConnectionId: id, since }
  expect(jobKey('replayEvents', { ...events, until })).not.toBe(
    jobKey('replayEvents', { ...events, until: later }),
  )
})

it('what is worked on at a stretch expires soon, so that another worker goes on where one died', () => {
  const { alignHeld, reevaluate, replayDead, dismissDead, replayEvents } = JOBS
  for (const { queue } of [alignHeld, reevaluate, replayDead, dismissDead, replayEvents])
    expect(queue.expireInSeconds).toBeLessThanOrEqual(120)
})
