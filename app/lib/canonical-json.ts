import { sha256 } from './sha256'

/** A value of JSON as text with its keys sorted and absent keys left out: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

/** SHA-256, in hex, of a value's canonical JSON. */
export function canonicalHash(value: unknown): string {
  return sha256(canonicalJson(value))
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(sorted)
  const members = value as Record<string, unknown>
  // Without a prototype, so that a key such as `__proto__` is the object's own.
  const copy = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(members).sort()) copy[key] = sorted(members[key])
  return copy
}
