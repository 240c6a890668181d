import { Refusal } from './answer'

/** The most that a request may carry, in bytes. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024

/** A JSON document and the text that it was sent as. */
export interface JsonBody {
  value: unknown
  text: string
}

/**
 * Reads a request's JSON body and stops reading once it is too large, whatever the request says of its length.
 *
 * @throws Refusal `PAYLOAD_TOO_LARGE` or `VALIDATION_ERROR`
 */
export async function readJson(request: Request): Promise<JsonBody> {
  const bytes = await readBytes(request)
  const text = decode(bytes)
  try {
    return { value: JSON.parse(text) as unknown, text }
  } catch {
    throw new Refusal('VALIDATION_ERROR', 'The body is not JSON.')
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('Content-Length')) > MAX_BODY_BYTES) throw tooLarge()

  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop by a throw cancels the stream.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('VALIDATION_ERROR', 'The body is not UTF-8.')
  }
}

function tooLarge(): Refusal {
  return new Refusal('PAYLOAD_TOO_LARGE', `The body is larger than ${MAX_BODY_BYTES} bytes.`)
}
