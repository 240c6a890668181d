/** A JSON value whose numbers are their own source text. */
export type LosslessJson = string | boolean | null | LosslessJson[] | { [key: string]: LosslessJson }

/**
 * Parses JSON with every number as the text it was written with, so that an id above 2^53 or a price keeps all its digits.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseLossless(text: string): LosslessJson {
  return JSON.parse(text, keepNumberText) as LosslessJson
}

// The third argument of a reviver carries the source text (ECMAScript 2025; Node 22 and later).
function keepNumberText(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}
