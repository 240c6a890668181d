import { toError } from '~/lib/errors'
import { type Fetch } from './call-shop.server'
import { exportCut, exportExpired, shopifyUnreachable } from './errors'

/** The statuses of an address that was signed for a time, or of a file that is gone. */
const EXPIRED = new Set([400, 401, 403, 404, 410])
const OUT_OF_RANGE = 416

/** A file that an export left, from one of its bytes on. */
export interface OpenExport {
  shop: string
  url: string
  byte: number
  signal: AbortSignal
}

/**
 * The bytes of an export's file from one of them on. A server that does not know ranges is read from the beginning, and what was wanted
 * no more is passed over.
 *
 * @throws ParityError EXPORT_EXPIRED, EXPORT_CUT, SHOPIFY_UNREACHABLE (to be retried); the signal's reason when that is aborted
 */
export async function* openExport(fetch: Fetch, file: OpenExport): AsyncGenerator<Uint8Array> {
  const response = await open(fetch, file)
  if (response.status === OUT_OF_RANGE) return assertEnd(response, file)

  let before = response.status === 206 ? 0 : file.byte
  try {
    for await (const piece of response.body ?? []) {
      const wanted = piece.subarray(Math.min(before, piece.byteLength))
      before -= piece.byteLength - wanted.byteLength
      if (wanted.byteLength > 0) yield wanted
    }
  } catch (error) {
    throw away(file, error)
  }
  if (before > 0) throw exportCut(file.shop, 'it is shorter than it was')
}

async function open(fetch: Fetch, file: OpenExport): Promise<Response> {
  const { shop, url, byte, signal } = file
  // Compressed, a byte of the file would be another one on the way.
  const headers: Record<string, string> = { 'Accept-Encoding': 'identity' }
  if (byte > 0) headers.Range = `bytes=${byte}-`
  let response: Response
  try {
    response = await fetch(url, { headers, signal })
  } catch (error) {
    throw away(file, error)
  }
  if (response.ok || (response.status === OUT_OF_RANGE && byte > 0)) return response

  await response.body?.cancel()
  if (EXPIRED.has(response.status)) throw exportExpired(shop)
  throw shopifyUnreachable(shop, `status ${response.status} for an export's file`)
}

/** Beyond the last byte there is nothing, which is as it should be when the last record was read before. */
function assertEnd(response: Response, { shop, byte }: OpenExport): void {
  const size = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1]
  if (size !== undefined && Number(size) < byte) throw exportCut(shop, 'it is shorter than it was')
}

function away({ shop, signal }: OpenExport, error: unknown): Error {
  if (signal.aborted) return toError(signal.reason)
  return shopifyUnreachable(shop, toError(error).message, error)
}
