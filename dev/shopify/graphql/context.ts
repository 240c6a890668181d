import { type BulkOperations } from '../bulk/bulk-operations'
import { type ShopState } from '../store/shop-state'
import { secondsOf } from '../store/times'
import { type Access } from './access'
import { type GraphqlContext } from './fields'
import { lookupOf } from './lookup'

/** How far back an app without `read_all_orders` sees, by an order's creation. */
const DAYS_OF_ORDERS = 60
const DAY = 86_400_000

/** What a query is answered from. It holds for as long as nothing else runs: make a new one after every wait. */
export function contextOf(shop: ShopState, access: Access, bulk: BulkOperations): GraphqlContext {
  const ordersSince = access.scopes.has('read_all_orders')
    ? ''
    : secondsOf(shop.clock.now() - DAYS_OF_ORDERS * DAY)
  return { shop, access, ordersSince, bulk, lookup: lookupOf(shop) }
}
