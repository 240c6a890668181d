import { type StateNews } from '../../contracts/news'
import { type OrderFields } from '../../contracts/shared-schema'
import { type LosslessJson } from '../../lib/lossless-json'
import { omitUndefined } from '../../lib/omit-undefined'
import { actionOf, type Delivery, stateVersion } from './delivery'
import { toItem } from './order-items'
import { orderCurrency, orderMoney } from './order-money'
import { Order } from './order-payload'
import { orderPerson } from './order-person'
import { orderRefunds } from './order-refunds'
import { toTracking } from './order-tracking'
import { externalId, parseBody } from './payload'

/** The state of an order: all that the payload says, in the shop's currency. */
export function mapOrder(body: LosslessJson, delivery: Delivery): [StateNews] {
  const order = parseBody(Order, body)
  const updatedAt = order.updated_at ?? null
  return [
    {
      kind: 'state',
      resource: 'order',
      externalId: externalId(order),
      action: actionOf(delivery),
      version: stateVersion(updatedAt, delivery),
      updatedAt,
      parts: { core: core(order) },
    },
  ]
}

function core(order: Order): OrderFields {
  const currency = orderCurrency(order)
  return {
    ...about(order),
    ...orderMoney(order, currency),
    ...orderPerson(order),
    ...omitUndefined({ items: order.line_items?.map((item) => toItem(item, currency)) }),
    ...orderRefunds(order, currency),
    ...omitUndefined({ tracking: order.fulfillments?.flatMap(toTracking) }),
  }
}

function about(order: Order): OrderFields {
  return omitUndefined({
    created_at: order.created_at,
    number: order.name ?? undefined,
    status: statusOf(order),
    cancel_reason: order.cancel_reason,
    financial_status: order.financial_status,
    fulfillment_status: order.fulfillment_status === null ? 'unfulfilled' : order.fulfillment_status,
    test: order.test ?? undefined,
    channel: order.source_name,
    taxes_included: order.taxes_included ?? undefined,
    location_external_id: order.location_id,
    payment_methods: order.payment_gateway_names?.filter((name) => name !== null),
    coupon_codes: order.discount_codes?.flatMap(({ code }) => (code == null ? [] : [code])),
    tags: order.tags,
    processed_at: order.processed_at,
    cancelled_at: order.cancelled_at,
  })
}

/** Unknown unless the payload says both whether it was cancelled and whether it was closed. */
function statusOf({ cancelled_at: cancelledAt, closed_at: closedAt }: Order): OrderFields['status'] {
  if (cancelledAt) return 'cancelled'
  if (cancelledAt === undefined || closedAt === undefined) return undefined
  return closedAt === null ? 'open' : 'closed'
}
