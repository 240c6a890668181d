import { emailHash } from '~/lib/email-hash'

/** Deeper nesting than this is refused: the database's own limit would end the statement. */
const MAX_DEPTH = 64
const EMAIL_KEY = /e-?mail$/i

/** A value that cannot be stored: it is nested too deeply. */
export class TooDeep extends Error {}

/**
 * A received record as it may be stored: under every key that ends in `email`, at any depth, the address is replaced by its
 * hash under `<key>_hash`, unless the sender gave that hash itself. Characters that PostgreSQL's JSON cannot hold (NUL,
 * half a surrogate pair) become U+FFFD.
 *
 * @throws TooDeep
 */
export function storable(record: object): object {
  return storableObject(record, 0)
}

/** Text with the characters replaced that the database cannot hold. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}

function storableValue(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new TooDeep()
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map((element) => storableValue(element, depth + 1))
  return value !== null && typeof value === 'object' ? storableObject(value, depth + 1) : value
}

function storableObject(object: object, depth: number): object {
  const entries = Object.entries(object).flatMap(([key, value]): [string, unknown][] => {
    if (!isEmail(key, value)) return [[storableText(key), storableValue(value, depth)]]
    const hashKey = `${storableText(key)}_hash`
    return Object.hasOwn(object, hashKey) ? [] : [[hashKey, emailHash(value)]]
  })
  return Object.fromEntries(entries)
}

function isEmail(key: string, value: unknown): value is string | null {
  return EMAIL_KEY.test(key) && (typeof value === 'string' || value === null)
}
