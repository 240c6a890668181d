/** What a webhook body is made of. A bigint is written as a JSON number with all its digits. */
export type Json = string | number | bigint | boolean | null | Json[] | { [key: string]: Json }

const ESCAPES: Record<string, string> = { '/': '\\/', '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }

/**
 * JSON as Shopify writes a webhook: compact, `/` escaped, `<`, `>` and `&` as `\u003c` and so on, all else raw UTF-8.
 * Measured on captured deliveries, where parsing and writing again never gives the signed bytes back.
 */
export function shopifyJson(value: Json): string {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return `[${value.map(shopifyJson).join(',')}]`
  return value !== null && typeof value === 'object' ? object(value) : String(value)
}

function object(value: { [key: string]: Json }): string {
  const members = Object.entries(value).map(([key, member]) => `${text(key)}:${shopifyJson(member)}`)
  return `{${members.join(',')}}`
}

function text(value: string): string {
  return JSON.stringify(value).replace(/[/<>&]/g, (character) => ESCAPES[character] ?? character)
}
