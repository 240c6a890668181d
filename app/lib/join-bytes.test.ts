import { describe, expect, it } from 'vitest'
import { joinBytes } from './join-bytes'

describe('bytes joined for a statement', () => {
  it('can be taken apart again by where each begins and how long it is', () => {
    const parts = ['one', '', 'three'].map((text) => Buffer.from(text))
    const { bytes, starts, lengths } = joinBytes(parts)
    expect(starts).toEqual([1, 4, 4])
    const taken = starts.map((start, index) => bytes.subarray(start - 1, start - 1 + lengths[index]!))
    expect(taken).toEqual(parts)
  })

  it('are none when there is nothing to join', () => {
    expect(joinBytes([])).toEqual({ bytes: Buffer.alloc(0), starts: [], lengths: [] })
  })
})
