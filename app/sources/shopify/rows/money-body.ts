import { fromRow, known, type Row, renamed } from './row'

/** A `MoneyBag` as webhooks write one. */
export function moneySet(bag: Row): Row {
  return known({
    shop_money: fromRow(bag, 'shopMoney', money),
    presentment_money: fromRow(bag, 'presentmentMoney', money),
  })
}

function money(amount: Row): Row {
  return renamed(amount, { amount: 'amount', currency_code: 'currencyCode' })
}

/** The amount in the shop's currency out of a `MoneyBag`. */
export function shopAmount(bag: Row) {
  return fromRow(bag, 'shopMoney', ({ amount = null }) => amount) ?? null
}
