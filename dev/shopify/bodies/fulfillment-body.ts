import { type Json } from '../json'
import { type Fulfillment, type Order } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { addressBody, gid, idNumber, time } from './body-parts'
import { lineItemCore } from './line-item-body'

/** A fulfilment, as `fulfillments/*` sends it; an order lists it without e-mail and destination. */
export function fulfillmentBody(shop: ShopState, order: Order, fulfillment: Fulfillment): Json {
  return {
    ...fulfillmentInOrder(shop, order, fulfillment),
    email: order.email,
    destination: addressBody(order.shippingAddress),
  }
}

export function fulfillmentInOrder(
  shop: ShopState,
  order: Order,
  fulfillment: Fulfillment,
): { [key: string]: Json } {
  const number = fulfillment.trackingNumber
  const url = fulfillment.trackingUrl
  return {
    id: idNumber(fulfillment.id),
    admin_graphql_api_id: gid('Fulfillment', fulfillment.id),
    created_at: time(shop, fulfillment.createdAt),
    location_id: idNumber(shop.locationId),
    name: fulfillment.name,
    order_id: idNumber(order.id),
    origin_address: {},
    receipt: {},
    service: 'manual',
    shipment_status: fulfillment.shipmentStatus,
    status: fulfillment.status,
    tracking_company: fulfillment.trackingCompany,
    tracking_number: number,
    tracking_numbers: number === null ? [] : [number],
    tracking_url: url,
    tracking_urls: url === null ? [] : [url],
    updated_at: time(shop, fulfillment.updatedAt),
    line_items: fulfillment.lines.flatMap((line) =>
      order.lineItems
        .filter((item) => item.id === line.lineItemId)
        .map((item) => ({ ...lineItemCore(shop, order, item), quantity: line.quantity })),
    ),
  }
}
