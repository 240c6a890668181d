import { type StateNews } from '../../contracts/news'
import { type ReadableResource } from '../../contracts/store-reader'
import { type LosslessJson } from '../../lib/lossless-json'
import { type Delivery } from './delivery'
import { mapCollection } from './map-collection'
import { mapCustomer } from './map-customer'
import { mapOrder } from './map-order'
import { mapProduct } from './map-product'
import { collectionBody } from './rows/collection-body'
import { customerBody } from './rows/customer-body'
import { orderBody } from './rows/order-body'
import { productBody } from './rows/product-body'
import { type Row } from './rows/row'

type MapState = (body: LosslessJson, delivery: Delivery) => [StateNews]

const MAPS: Record<ReadableResource, { topic: string; toBody: (row: Row) => Row; map: MapState }> = {
  product: { topic: 'products/update', toBody: productBody, map: mapProduct },
  customer: { topic: 'customers/update', toBody: customerBody, map: mapCustomer },
  order: { topic: 'orders/updated', toBody: orderBody, map: mapOrder },
  category: { topic: 'collections/update', toBody: collectionBody, map: mapCollection },
}

/**
 * The state that a row of the Admin API tells. The row is put into the form of the resource's webhook and goes through the webhook's own
 * mapper, so that both give the same bytes of one state. Pure.
 *
 * @param triggeredAt when the store was read, by its own clock: a time in UTC
 * @throws UnmappableBody when the row cannot be understood
 */
export function mapRow(resource: ReadableResource, row: Row, triggeredAt: string): StateNews {
  const { topic, toBody, map } = MAPS[resource]
  return map(toBody(row), { topic, triggeredAt })[0]
}
