import { describe, expect, it } from 'vitest'
import { limit } from './limit'

describe('limit', () => {
  it('lets no more than so many run at once, and all in the end', async () => {
    const run = limit(2)
    let running = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    }

    await Promise.all(Array.from({ length: 7 }, () => run(work)))

    expect(most).toBe(2)
    expect(running).toBe(0)
  })

  it('gives the place of failed work to the next', async () => {
    const run = limit(1)
    const failed = run(() => Promise.reject(new Error('broken')))
    const next = run(() => Promise.resolve('well'))

    await expect(failed).rejects.toThrow('broken')
    expect(await next).toBe('well')
  })
})
