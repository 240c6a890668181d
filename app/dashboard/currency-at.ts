import { type PathStep } from './flatten-record'

const CODE = /^[A-Z]{3}$/

/** The currency (ISO 4217) that an amount of a record is in: the one that stands beside it, or else the record's; null where neither does. */
export function currencyAt(data: Record<string, unknown>, [first]: PathStep[]): string | null {
  const beside = first?.kind === 'field' ? codeIn(data[first.name]) : null
  return beside ?? codeIn(data)
}

function codeIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('currency' in value)) return null
  return typeof value.currency === 'string' && CODE.test(value.currency) ? value.currency : null
}
