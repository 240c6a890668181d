import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { ParityError } from './errors'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_BYTES = 4
const FINGERPRINT_BYTES = 16

/** Encrypts what must not be read in the database, and opens it again. */
export interface Sealer {
  /** Encrypts bytes or UTF-8 text. `purpose` is bound to the result: it opens for the same purpose only. */
  seal(plain: Uint8Array | string, purpose: string): Uint8Array<ArrayBuffer>
  /** @throws ParityError `SEAL_BROKEN` when the bytes were altered, sealed for another purpose, or with an unknown key. */
  open(sealed: Uint8Array, purpose: string): Buffer
  /** `open`, as UTF-8 text. */
  openText(sealed: Uint8Array, purpose: string): string
  /**
   * What a text can be found again by where it must not be read: a keyed hash (HMAC-SHA-256, 128 bits, base64url), for this purpose only.
   * One for each key of the ring; the first, by the key that seals, is the one to store.
   */
  fingerprints(text: string, purpose: string): [string, ...string[]]
}

/**
 * A sealer with a ring of 32-byte keys: the first seals, any opens, so that a key can be rotated without a stop.
 *
 * Layout: key id (4 bytes) · nonce (12) · tag (16) · ciphertext; AES-256-GCM.
 */
export function createSealer(keys: readonly [Buffer, ...Buffer[]]): Sealer {
  // Prepared once: a cipher takes a prepared key in half the time.
  const ring = new Map(keys.map((key) => [keyId(key).toString('hex'), createSecretKey(key)]))
  const current = createSecretKey(keys[0])
  const currentId = keyId(keys[0])
  const [hashingKey, ...olderHashingKeys] = keys.map(hashingKeyOf)

  return {
    seal(plain, purpose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, current, nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([
        typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain),
        cipher.final(),
      ])
      return Buffer.concat([currentId, nonce, cipher.getAuthTag(), body])
    },
    open,
    openText: (sealed, purpose) => open(sealed, purpose).toString('utf8'),
    fingerprints: (text, purpose) => [
      fingerprint(hashingKey!, text, purpose),
      ...olderHashingKeys.map((key) => fingerprint(key, text, purpose)),
    ],
  }

  function open(sealed: Uint8Array, purpose: string): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    const key = ring.get(bytes.subarray(0, KEY_ID_BYTES).toString('hex'))
    if (!key) throw broken('sealed with a key that is not in the ring')

    const nonceEnd = KEY_ID_BYTES + NONCE_BYTES
    const tagEnd = nonceEnd + TAG_BYTES
    try {
      const nonce = bytes.subarray(KEY_ID_BYTES, nonceEnd)
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(nonceEnd, tagEnd))
      return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()])
    } catch (cause) {
      throw broken('altered, or sealed for another purpose', cause)
    }
  }
}

/** No key does two things: the one that hashes is derived from the one that seals. */
function hashingKeyOf(key: Buffer): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'parity fingerprints', 32)))
}

function fingerprint(key: KeyObject, text: string, purpose: string): string {
  // A purpose holds no NUL, so that no other purpose and text give the same bytes.
  const hash = createHmac('sha256', key).update(`${purpose}\0${text}`).digest()
  return hash.subarray(0, FINGERPRINT_BYTES).toString('base64url')
}

function keyId(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES)
}

function broken(why: string, cause?: unknown): ParityError {
  return new ParityError('SEAL_BROKEN', {
    message: `Cannot open sealed bytes: ${why}.`,
    userMessage:
      'Stored data could not be read. Check that PARITY_ENCRYPTION_KEY is the key that it was stored with.',
    cause,
  })
}
