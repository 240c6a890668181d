import { createHash } from 'node:crypto'

/** SHA-256, in hex, of UTF-8 text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
