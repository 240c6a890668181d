import { type Fulfillment, type Order, type Time } from '../store/model'
import { Refused, type ShopState } from '../store/shop-state'

/** Sends all that is still to be sent, in one parcel. @throws Refused when nothing is */
export function fulfilAll(shop: ShopState, order: Order, at: Time): Fulfillment {
  const open = order.lineItems.filter((line) => line.currentQuantity > line.fulfilledQuantity)
  if (open.length === 0) throw new Refused(`Order ${order.id} has nothing left to fulfil`)
  const number = `1Z${shop.random.int(100_000_000, 999_999_999)}`
  const fulfillment: Fulfillment = {
    id: shop.newId(),
    name: `#${order.orderNumber}.${order.fulfillments.length + 1}`,
    status: 'success',
    shipmentStatus: shop.random.pick([null, 'in_transit', 'delivered'] as const),
    trackingCompany: 'UPS',
    trackingNumber: number,
    trackingUrl: `https://www.ups.com/WebTracking?loc=en_US&requester=ST&trackNums=${number}`,
    lines: open.map((line) => ({
      id: shop.newId(),
      lineItemId: line.id,
      quantity: line.currentQuantity - line.fulfilledQuantity,
    })),
    createdAt: at,
    updatedAt: at,
  }
  for (const line of open) line.fulfilledQuantity = line.currentQuantity
  order.fulfillments.push(fulfillment)
  return fulfillment
}
