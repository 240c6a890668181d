const DECIMAL = /^([+-])?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/
/** Far beyond any sum of money, and short enough that no text can keep the process busy. */
const MAX_LENGTH = 1000

/**
 * A decimal number as text with the digits of a currency: padded with zeros, or shortened by zeros only, never rounded.
 * Without a currency the text keeps its digits.
 *
 * @throws RangeError when the text is no decimal number.
 */
export function toMoney(text: string, currency: string | null): string {
  const { units, scale } = parse(text)
  if (currency === null) return format(units, scale)

  const digits = currencyDigits(currency)
  return scale <= digits
    ? format(units * 10n ** BigInt(digits - scale), digits)
    : format(...dropZeros(units, scale, digits))
}

/**
 * The exact sum of decimal numbers as text, with as many decimals as the longest of them has; "0" when there are none.
 *
 * @throws RangeError when one is no decimal number.
 */
export function addDecimals(texts: string[]): string {
  const parsed = texts.map(parse)
  const scale = Math.max(0, ...parsed.map((part) => part.scale))
  const units = parsed.reduce((sum, part) => sum + part.units * 10n ** BigInt(scale - part.scale), 0n)
  return format(units, scale)
}

/**
 * The exact difference `a - b` of two decimal numbers as text.
 *
 * @throws RangeError when one is no decimal number.
 */
export function subtractDecimals(a: string, b: string): string {
  return addDecimals([a, negate(b)])
}

/**
 * The exact product of a decimal number as text and a whole number, with the decimals of the first.
 *
 * @throws RangeError when the text is no decimal number, or the other is not whole.
 */
export function multiplyDecimal(text: string, times: number): string {
  const { units, scale } = parse(text)
  return format(units * BigInt(times), scale)
}

/** Orders two decimal numbers by value. @throws RangeError when one is no decimal number. */
export function compareDecimals(a: string, b: string): number {
  const { units } = parse(subtractDecimals(a, b))
  return units < 0n ? -1 : units > 0n ? 1 : 0
}

function negate(text: string): string {
  const { units, scale } = parse(text)
  return format(-units, scale)
}

function parse(text: string): { units: bigint; scale: number } {
  const [, sign, whole, fraction = '', exponent = '0'] =
    text.length > MAX_LENGTH ? [] : (DECIMAL.exec(text) ?? [])
  if (whole === undefined) throw new RangeError('not a decimal number')

  const shift = Number(exponent)
  const magnitude = BigInt(whole + fraction)
  const scale = fraction.length - shift
  const units = scale < 0 ? magnitude * 10n ** BigInt(-scale) : magnitude
  return { units: sign === '-' ? -units : units, scale: Math.max(0, scale) }
}

/** The same value with the smallest scale, not below `least`, that keeps it exact. */
function dropZeros(units: bigint, scale: number, least: number): [units: bigint, scale: number] {
  return scale > least && units % 10n === 0n ? dropZeros(units / 10n, scale - 1, least) : [units, scale]
}

function format(units: bigint, scale: number): string {
  const negative = units < 0n
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return negative ? `-${text}` : text
}

const digitsByCurrency = new Map<string, number>()

function currencyDigits(currency: string): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known

  const digits = readCurrencyDigits(currency)
  digitsByCurrency.set(currency, digits)
  return digits
}

function readCurrencyDigits(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions()
    return maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}
