import { type IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readIncoming } from './read-incoming'

function incoming(headers: Record<string, string> = {}) {
  const stream = new PassThrough()
  return { stream, request: Object.assign(stream, { headers }) as unknown as IncomingMessage }
}

describe('reading the body of a request to node:http', () => {
  it.each([[['{"a":1}']], [['{"a', '":1', '}']], [[]]])('gives its bytes: %j', async (pieces) => {
    const { stream, request } = incoming()
    const reading = readIncoming(request, 7)
    for (const piece of pieces) stream.write(piece)
    stream.end()
    expect(Buffer.from((await reading)!).toString()).toBe(pieces.join(''))
  })

  it('believes a length that is too long without reading', async () => {
    const { stream, request } = incoming({ 'content-length': '7' })
    expect(await readIncoming(request, 6)).toBeNull()
    expect(stream.readableFlowing).toBeNull()
  })

  it('keeps nothing of an endless body that names no length', async () => {
    const { stream, request } = incoming()
    const reading = readIncoming(request, 6)
    stream.write('1234567')
    expect(await reading).toBeNull()
    expect(stream.readableFlowing).toBe(true)
    expect(stream.listenerCount('data')).toBe(0)
  })

  it('bears a sender that gives up', async () => {
    const { stream, request } = incoming()
    let settled = false
    void readIncoming(request, 6).then(() => (settled = true))
    stream.destroy(new Error('aborted'))
    await new Promise((closed) => stream.once('close', closed))
    expect(settled).toBe(false)
  })
})
