import { sha256 } from './sha256'

/** SHA-256, in hex, of a trimmed and lower-cased e-mail address; null when there is none. */
export function emailHash(address: string | null): string | null {
  const normal = address?.trim().toLowerCase() ?? ''
  return normal === '' ? null : sha256(normal)
}
