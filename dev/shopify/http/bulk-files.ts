import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Router, type Request, type Response } from 'express'
import { STORAGE_PATH, type Download } from '../bulk/bulk-operations'
import { type Standing } from './standing'

/** Small enough for what trickles and what is reset after so many bytes. */
const CHUNK = 16 * 1024

/** Where the results of bulk operations are downloaded: an address that was given out is all it takes, and a range is answered. */
export function bulkFiles({ shops }: Standing): Router {
  const router = Router()
  router.get(`${STORAGE_PATH}/:key.jsonl`, (request, response, next) => {
    const key = String(request.params['key'])
    const download =
      request.query['Signature'] === key.slice(0, 12)
        ? shops.map(({ bulk }) => bulk.download(key)).find((each) => each !== undefined)
        : undefined
    if (!download) return refuse(response, 403)
    const { fault } = download
    if (fault && fault.kind !== 'reset') return refuse(response, fault.status)
    send(download, request, response).catch(next)
  })
  return router
}

async function send(download: Download, request: Request, response: Response): Promise<void> {
  const { path, available, trickle, fault } = download
  const range = request.range(available)
  if (range === -1 || range === -2 || (range && range.length > 1)) {
    response.status(416).set('Content-Range', `bytes */${available}`).end()
    return
  }
  const { start, end } = range?.[0] ?? { start: 0, end: available - 1 }
  response.status(range ? 206 : 200).set({
    'Content-Type': 'application/jsonl',
    'Content-Length': String(end - start + 1),
    'Accept-Ranges': 'bytes',
    ...(range && { 'Content-Range': `bytes ${start}-${end}/${available}` }),
  })
  let left = fault?.kind === 'reset' ? fault.after : Infinity
  for await (const chunk of createReadStream(path, { start, end, highWaterMark: CHUNK })) {
    if (response.destroyed) return
    const piece = (chunk as Buffer).subarray(0, left)
    left -= piece.length
    if (!response.write(piece)) await drained(response)
    if (left <= 0) return resetConnection(response)
    if (trickle) await pause((1000 * piece.length) / trickle.bytesPerSecond)
  }
  if (left < Infinity) resetConnection(response)
  else response.end()
}

/** What was written is given the time to leave. */
function resetConnection(response: Response): void {
  setTimeout(() => response.socket?.resetAndDestroy(), 20)
}

async function drained(response: Response): Promise<void> {
  const either = new AbortController()
  const { signal } = either
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  either.abort()
}

/** As the storage refuses, in XML. */
function refuse(response: Response, status: number): void {
  const code = status === 404 ? 'NoSuchKey' : status === 403 ? 'AccessDenied' : 'ServiceUnavailable'
  response
    .status(status)
    .type('application/xml')
    .send(`<?xml version='1.0'?><Error><Code>${code}</Code></Error>`)
}
