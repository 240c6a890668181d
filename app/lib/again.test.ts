import { describe, expect, it } from 'vitest'
import { again, isTransient, LostRace } from './again'

/** Fails as it is told, then succeeds. */
function failing(...errors: Error[]) {
  let calls = 0
  const transaction = () => {
    const error = errors[calls++]
    return error ? Promise.reject(error) : Promise.resolve('done')
  }
  return { transaction, calls: () => calls }
}
const deadlock = () => Object.assign(new Error('deadlock detected'), { code: '40P01' })

describe('a transaction', () => {
  it('is done anew where it lost a race, or in a deadlock', async () => {
    const work = failing(new LostRace(), deadlock())
    expect(await again(work.transaction)).toBe('done')
    expect(work.calls()).toBe(3)
  })

  it('is given up after five times', async () => {
    const work = failing(...Array.from({ length: 5 }, deadlock))
    await expect(again(work.transaction)).rejects.toThrow('deadlock detected')
    expect(work.calls()).toBe(5)
  })

  it('that fails for any other reason fails at once', async () => {
    const full = Object.assign(new Error('disk full'), { code: '53100' })
    const work = failing(full)
    await expect(again(work.transaction)).rejects.toBe(full)
    expect([work.calls(), isTransient(new Error('40001'))]).toEqual([1, false])
  })
})
