/** A JSON value whose numbers are their own source text. */
export type LosslessJson = string | boolean | null | LosslessJson[] | { [key: string]: LosslessJson }

/**
 * Parses JSON with every number as the text it was written with, so that an id above 2^53 or a price keeps all its digits.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseLossless(text: string): LosslessJson {
  // A reviver costs six times what parsing does, and most payloads hold no number that needs its source.
  return UNUSUAL_NUMBER.test(text)
    ? (JSON.parse(text, keepNumberText) as LosslessJson)
    : withNumbersAsText(JSON.parse(text))
}

/**
 * A number that JavaScript would write differently: longer than it can hold, in exponents, with a zero at the end of its decimals, very
 * small, or a negative zero. It may also stand within a string; then a reviver is taken in vain.
 */
const UNUSUAL_NUMBER =
  /(?:^|[:[,])\s*-?(?:[\d.]{17}|\d{16}|\d+(?:\.\d+)?[eE]|\d+\.\d*0(?!\d)|0\.0{6}|(?<=-)0(?![.\d]))/

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
