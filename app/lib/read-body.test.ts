import { describe, expect, it } from 'vitest'
import { readBody } from './read-body'

const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' })

describe('reading a body', () => {
  it('gives its bytes, up to the limit', async () => {
    expect(Buffer.from((await readBody(post('{"a":1}'), 7))!).toString()).toBe('{"a":1}')
    expect(await readBody(post('{"a":1}'), 6)).toBeNull()
    expect(await readBody(post(null), 6)).toHaveLength(0)
  })

  it('believes a length that is too long without reading', async () => {
    let reads = 0
    const source = new ReadableStream({ pull: () => void reads++ }, { highWaterMark: 0 })
    expect(await readBody(post(source, { 'content-length': '100' }), 6)).toBeNull()
    expect(reads).toBe(0)
  })

  it('stops reading an endless body that names no length, and leaves the connection to the answer', async () => {
    let reads = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        reads++
        controller.enqueue(new Uint8Array(1024))
      },
      cancel: () => void (cancelled = true),
    })
    expect(await readBody(post(endless), 10_000)).toBeNull()
    expect(reads).toBeLessThan(20)
    expect(cancelled).toBe(false)
  })
})
