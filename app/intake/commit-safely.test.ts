import { describe, expect, it } from 'vitest'
import { type Database } from '../db.server'
import { LostRace } from '../lib/again'
import { createLogger } from '../logger.server'
import { commitSafely, type SafeCommitOptions } from './commit-safely'
import { type Incoming } from './event-row'

const RECEIVED = new Date('2026-11-21T12:00:00Z')
/** What Shopify waits (its documentation of webhook delivery). */
const SHOPIFY_MS = 5_000

const slow = () => Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' })

/** Commits so many to a database in which each transaction fails so, after all the time that its statement may take, or sooner. */
async function commit(members: number, failure: () => Error, queuedMs = 0, takesMs = Infinity) {
  let now = RECEIVED.getTime() + queuedMs
  const tries: { beganMs: number; statementMs: number }[] = []
  const transaction: Database['transaction'] = async (_work, statementMs = Infinity) => {
    tries.push({ beganMs: now - RECEIVED.getTime(), statementMs })
    await Promise.resolve()
    now += Math.min(statementMs, takesMs)
    throw failure()
  }
  const batch = Array.from({ length: members }, () => ({ receivedAt: RECEIVED })) as Incoming[]
  const options = {
    db: { transaction },
    clock: () => new Date(now),
    logger: createLogger('silent'),
  } as unknown as SafeCommitOptions
  return { tries, results: await commitSafely(batch, options) }
}

describe('a commit that takes too long', () => {
  it.each([
    ['one', 1, 0],
    ['a few', 8, 0],
    ['many', 100, 0],
    ['many, after a while in the queue', 100, 2_000],
    ['many, after too long in the queue', 100, 6_000],
  ])(
    'of %s refuses everybody, and tries nothing that their senders would not hear of',
    async (_n, members, queuedMs) => {
      const { tries, results } = await commit(members, slow, queuedMs)
      expect(results).toHaveLength(members)
      for (const result of results)
        expect(result).toMatchObject({ status: 'rejected', reason: { code: '57014' } })
      const [together, ...alone] = tries
      expect(together).toMatchObject({ beganMs: queuedMs })
      for (const { beganMs } of alone) expect(beganMs).toBeLessThan(SHOPIFY_MS)
      for (const { statementMs } of tries) expect(statementMs).toBeGreaterThan(0)
    },
  )

  it('gives one that is alone in its batch all the time that is left', async () => {
    const { tries } = await commit(1, slow)
    expect(tries).toEqual([
      { beganMs: 0, statementMs: 1_500 },
      { beganMs: 1_500, statementMs: 2_500 },
    ])
  })
})

it('a commit that loses its races again and again is tried member by member: alone, each can lose few', async () => {
  const { tries, results } = await commit(3, () => new LostRace(), 0, 5)
  expect(results).toMatchObject(Array.from({ length: 3 }, () => ({ reason: { code: '40001' } })))
  expect(tries).toHaveLength(5 + 3 * 5)
})

it('a commit that fails for another reason is not tried again member by member', async () => {
  const gone = () => Object.assign(new Error('the database is away'), { code: '57P01' })
  await expect(commit(3, gone)).rejects.toThrow('the database is away')
})
