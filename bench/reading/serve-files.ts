import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Where a store's exports are: a server of the files in the folder FOLDER, whole or from a byte on. */
const { FOLDER = '' } = process.env

const server = createServer((request, response) => {
  // Who has read enough goes in the middle.
  serve(request, response).catch(() => response.destroy())
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.once('SIGTERM', () => process.exit(0))

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = join(FOLDER, (request.url ?? '').slice(1))
  const { size } = await stat(path)
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  const start = Number(range ?? 0)
  if (start >= size) {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end()
    return
  }
  response.writeHead(range === undefined ? 200 : 206, {
    'Content-Type': 'application/jsonl',
    'Content-Length': size - start,
    ...(range === undefined ? {} : { 'Content-Range': `bytes ${start}-${size - 1}/${size}` }),
  })
  await pipeline(createReadStream(path, { start }), response)
}
