import type { Amount } from './model'

const WITHOUT_CENTS = new Set(['JPY', 'KRW', 'CLP', 'VND'])

/** How many digits a currency has after the point. */
function digitsOf(currency: string): number {
  return WITHOUT_CENTS.has(currency) ? 0 : 2
}

/** Arithmetic on decimal strings of one currency, exact to its smallest unit. */
export interface Money {
  zero: Amount
  of(minor: number): Amount
  minor(amount: Amount): number
  sum(amounts: readonly Amount[]): Amount
  minus(amount: Amount, ...others: Amount[]): Amount
  /** `amount` times `factor`, rounded half up. */
  times(amount: Amount, factor: number): Amount
}

export function moneyIn(currency: string): Money {
  const digits = digitsOf(currency)
  const of = (minor: number) => (minor / 10 ** digits).toFixed(digits)
  const minor = (amount: Amount) => Math.round(Number(amount) * 10 ** digits)
  const sum = (amounts: readonly Amount[]) => of(amounts.reduce((total, next) => total + minor(next), 0))
  return {
    zero: of(0),
    of,
    minor,
    sum,
    minus: (amount, ...others) => of(minor(amount) - minor(sum(others))),
    times: (amount, factor) => of(Math.round(minor(amount) * factor)),
  }
}
