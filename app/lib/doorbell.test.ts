import { describe, expect, it } from 'vitest'
import { createDoorbell } from './doorbell'

const LONG_MS = 60_000

describe('a doorbell', () => {
  it('lets who waits go on when it rings', async () => {
    const bell = createDoorbell()
    const waited = bell.wait(LONG_MS)
    bell.ring()
    expect(await waited).toBe(true)
  })

  it('lets the next who waits go on at once when it rang before, once', async () => {
    const bell = createDoorbell()
    bell.ring()
    bell.ring()
    expect(await bell.wait(LONG_MS)).toBe(true)
    expect(await bell.wait(1)).toBe(false)
  })

  it('says when nobody rang in time', async () => {
    expect(await createDoorbell().wait(1)).toBe(false)
  })

  it('of many rings while somebody waits loses none, and rings once', async () => {
    const bell = createDoorbell()
    const waited = bell.wait(LONG_MS)
    bell.ring()
    bell.ring()
    expect(await waited).toBe(true)
    // The second came after the first had been answered, and before anybody waited again.
    bell.ring()
    expect(await bell.wait(LONG_MS)).toBe(true)
  })
})
