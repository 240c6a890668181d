import { type Json } from '../json'
import { type Time, type Variant } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, time } from './body-parts'

/** The body of `inventory_levels/update`: no `id`, and a gid that carries a query. */
export function inventoryLevelBody(shop: ShopState, variant: Variant, at: Time): Json {
  return {
    inventory_item_id: idNumber(variant.inventoryItemId),
    location_id: idNumber(shop.locationId),
    available: variant.inventoryQuantity,
    updated_at: time(shop, at),
    admin_graphql_api_id: `${gid('InventoryLevel', shop.locationId)}?inventory_item_id=${variant.inventoryItemId}`,
  }
}
