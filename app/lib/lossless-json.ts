/** A JSON value whose numbers are their own source text. */
export type LosslessJson = string | boolean | null | LosslessJson[] | { [key: string]: LosslessJson }

/**
 * Parses JSON with every number as the text it was written with, so that an id above 2^53 or a price keeps all its digits.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseLossless(text: string): LosslessJson {
  // A reviver costs six times what parsing does, and most payloads hold no number that needs its source.
  return hasPlainNumbersOnly(text)
    ? withNumbersAsText(JSON.parse(text))
    : (JSON.parse(text, keepNumberText) as LosslessJson)
}

/** What stands where a number may stand in JSON; it may also stand within a string, which then is looked at for nothing. */
const NUMBERS = /(?:^|[:[,])\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*(?:[,\]}]|$))/g

/** Whether every number of a JSON text is written as JavaScript would write it, so that its value gives its source back. */
function hasPlainNumbersOnly(text: string): boolean {
  for (const [, source] of text.matchAll(NUMBERS)) if (String(Number(source)) !== source) return false
  return true
}

function withNumbersAsText(value: unknown): LosslessJson {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(withNumbersAsText)
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>
    for (const key of Object.keys(members)) {
      const member = members[key]
      // In place: a key such as `__proto__` is the object's own by now, and stays so.
      if (typeof member === 'number' || typeof member === 'object') members[key] = withNumbersAsText(member)
    }
  }
  return value as LosslessJson
}

// The third argument of a reviver carries the source text (ECMAScript 2025; Node 22 and later).
function keepNumberText(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}
