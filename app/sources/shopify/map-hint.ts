import { type HintNews, type News } from '../../contracts/news'
import { type PartName } from '../../contracts/parts'
import { type Resource } from '../../contracts/resource'
import { type LosslessJson } from '../../lib/lossless-json'
import { type Delivery, triggerTime } from './delivery'
import { Id, object, parseBody, required, Text } from './payload'

const AboutOrder = object({ order_id: Id })
const OrderEdit = object({ order_edit: AboutOrder.nullable() })
const AboutVariant = object({ product_id: Id })
const AboutCustomer = object({ customerId: Id, customer_id: Id, id: Id })
const AboutInventory = object({ inventory_item_id: Id, id: Id, admin_graphql_api_id: Text })

/** The news that these parts of a record may have changed. */
export function hint(
  resource: Resource,
  externalId: string | null,
  parts: PartName[],
  delivery: Delivery,
): HintNews {
  return { kind: 'hint', resource, externalId, parts, hintedAt: triggerTime(delivery) }
}

/** A refund, a fulfilment, a transaction: something that belongs to an order and names it. */
export function mapOrderHint(body: LosslessJson, delivery: Delivery): News[] {
  const { order_id: orderId } = parseBody(AboutOrder, body)
  return [hint('order', required('order_id', orderId), ['core'], delivery)]
}

/** An edit of an order: a list of changes, wrapped, without the order. */
export function mapOrderEdit(body: LosslessJson, delivery: Delivery): News[] {
  const { order_edit: edit } = parseBody(OrderEdit, body)
  return [hint('order', required('order_edit.order_id', edit?.order_id), ['core'], delivery)]
}

/** Tags, consent or totals of a customer. Each topic names the customer in its own way: `customerId` (a gid), `customer_id` or `id`. */
export function mapCustomerHint(part: PartName<'customer'>) {
  return (body: LosslessJson, delivery: Delivery): News[] => {
    const { customerId, customer_id, id } = parseBody(AboutCustomer, body)
    return [hint('customer', required('customer_id', customerId ?? customer_id ?? id), [part], delivery)]
  }
}

/** A variant that came into stock or went out of it: its product's quantities changed. */
export function mapVariantHint(body: LosslessJson, delivery: Delivery): News[] {
  const { product_id: productId } = parseBody(AboutVariant, body)
  return [hint('product', required('product_id', productId), ['core', 'stock'], delivery)]
}

/** An inventory item, or its stock somewhere: it belongs to a product that the payload does not name. Some versions send `{}`. */
export function mapInventoryHint(body: LosslessJson, delivery: Delivery): News[] {
  const { inventory_item_id: itemId, id, admin_graphql_api_id: gid } = parseBody(AboutInventory, body)
  const inventoryItemId = itemId ?? itemOf(gid ?? '') ?? id
  return inventoryItemId == null
    ? [{ kind: 'ignored', reason: 'It names no inventory item.' }]
    : [{ ...hint('product', null, ['core', 'stock'], delivery), inventoryItemId }]
}

/** The gid of a level names its item in a parameter. */
function itemOf(gid: string): string | undefined {
  return /(?:InventoryItem\/|[?&]inventory_item_id=)(\d+)/.exec(gid)?.[1]
}
