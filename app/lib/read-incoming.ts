import { type IncomingMessage } from 'node:http'

/**
 * Reads the body of a request to node:http, at most so many bytes; null when it is longer, as soon as that is known. The rest is thrown
 * away as it comes, so that the connection can carry another request.
 * A promise that never settles, when the client gives up before its end: there is nobody to answer.
 */
export function readIncoming(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(null)

  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer) => {
      size += chunk.byteLength
      chunks.push(chunk)
      if (size <= limit) return
      chunks.length = 0
      request.off('data', take).resume()
      resolve(null)
    }
    request.on('data', take)
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', () => undefined)
  })
}
