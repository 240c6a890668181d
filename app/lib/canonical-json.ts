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
  // An ordinary object: one without a prototype is a hash table from its first key on, and costs twice the time and the memory.
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(members).sort()) {
    if (key === '__proto__') setOwn(copy, key, sorted(members[key]))
    else copy[key] = sorted(members[key])
  }
  return copy
}

/** Also where the key would set the object's prototype. */
function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true })
}
