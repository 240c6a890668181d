import { expect, it } from 'vitest'
import { unlessAborted } from './unless-aborted'

it('gives what the work gives, and throws what it throws', async () => {
  const { signal } = new AbortController()
  expect(await unlessAborted(Promise.resolve(7), signal)).toBe(7)
  await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no')
})

it('waits no longer than until it is aborted', async () => {
  const stop = new AbortController()
  const waiting = unlessAborted(new Promise(() => undefined), stop.signal)
  stop.abort()
  expect(await waiting).toBeNull()
  expect(await unlessAborted(new Promise(() => undefined), stop.signal)).toBeNull()
})

it('leaves a failure after the abort to nobody', async () => {
  const stop = new AbortController()
  stop.abort()
  expect(await unlessAborted(Promise.reject(new Error('late')), stop.signal)).toBeNull()
})
