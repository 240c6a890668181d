import { describe, expect, it } from 'vitest'
import { type Refusal } from './answer'
import { createRateLimiter } from './rate-limit'

describe('the rate limit of a tenant', () => {
  const limited = () => {
    const now = { ms: 1_000_000 }
    const take = createRateLimiter({ requests: 2, perMs: 10_000 }, () => new Date(now.ms))
    const refused = (store: string) => {
      try {
        take(store)
        return undefined
      } catch (error) {
        return error as Refusal
      }
    }
    return { now, refused }
  }

  it('lets as many requests through at once as it allows, and no more', () => {
    const { refused } = limited()
    expect(['a', 'a', 'a'].map((store) => refused(store)?.code)).toEqual([
      undefined,
      undefined,
      'RATE_LIMITED',
    ])
  })

  it('says how many seconds to wait, and then lets one through', () => {
    const { now, refused } = limited()
    refused('a')
    refused('a')
    expect(refused('a')?.headers).toEqual({ 'Retry-After': '5' })
    now.ms += 5_000
    expect([refused('a')?.code, refused('a')?.code]).toEqual([undefined, 'RATE_LIMITED'])
  })

  it('counts each tenant for itself', () => {
    const { refused } = limited()
    refused('a')
    refused('a')
    expect([refused('a')?.code, refused('b')?.code]).toEqual(['RATE_LIMITED', undefined])
  })

  it('locks nobody out when the clock is set back', () => {
    const { now, refused } = limited()
    refused('a')
    now.ms -= 3_600_000
    expect(refused('a')).toBeUndefined()
  })
})
