import { describe, expect, it } from 'vitest'
import { memoryIn } from './sample-memory'

describe('the memory in a page of metrics', () => {
  it('is read in MB', () => {
    const text =
      '# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 150000000\nnodejs_heap_size_used_bytes 4.5e7\n'
    expect(memoryIn(text)).toEqual({ resident: 150, heap: 45 })
  })

  it('is not guessed', () => {
    expect(() => memoryIn('up 1\n')).toThrow('process_resident_memory_bytes')
  })
})
