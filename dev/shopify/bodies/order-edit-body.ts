import { type Json } from '../json'
import { type Id, type Order, type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { idNumber, time } from './body-parts'

export interface OrderEdit {
  id: Id
  additions: { lineItemId: Id; delta: number }[]
  removals: { lineItemId: Id; delta: number }[]
}

/** The body of `orders/edited`: wrapped, and without the order. */
export function orderEditBody(shop: ShopState, order: Order, edit: OrderEdit, at: Time): Json {
  const changes = (list: OrderEdit['additions']): Json =>
    list.map(({ lineItemId, delta }) => ({ id: idNumber(lineItemId), delta }))
  return {
    order_edit: {
      id: idNumber(edit.id),
      app_id: null,
      created_at: time(shop, at),
      committed_at: time(shop, at),
      notify_customer: false,
      order_id: idNumber(order.id),
      staff_note: '',
      user_id: null,
      line_items: { additions: changes(edit.additions), removals: changes(edit.removals) },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  }
}
