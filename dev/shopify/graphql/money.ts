import { presented } from '../bodies/body-parts'
import { type Amount, type Order } from '../store/model'

/** A `MoneyV2`. Its `Decimal` drops ending zeros but keeps one digit: "10.0", not "10.00". */
export function moneyV2(amount: Amount, currencyCode: string) {
  return { amount: decimal(amount), currencyCode }
}

/** A `MoneyBag`: what the shop counts and what the customer saw. */
export function moneyBag(order: Order, amount: Amount) {
  return {
    shopMoney: moneyV2(amount, order.currency),
    presentmentMoney: moneyV2(presented(order, amount), order.presentment.currency),
  }
}

function decimal(amount: Amount): string {
  const [whole = '0', fraction = ''] = amount.split('.')
  return `${whole}.${fraction.replace(/0+$/, '') || '0'}`
}
