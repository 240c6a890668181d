import { readBody } from '~/lib/read-body'
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
  const bytes = await readBody(request, MAX_BODY_BYTES)
  if (bytes === null)
    throw new Refusal('PAYLOAD_TOO_LARGE', `The body is larger than ${MAX_BODY_BYTES} bytes.`)

  const text = decode(bytes)
  try {
    return { value: JSON.parse(text) as unknown, text }
  } catch {
    throw new Refusal('VALIDATION_ERROR', 'The body is not JSON.')
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('VALIDATION_ERROR', 'The body is not UTF-8.')
  }
}
