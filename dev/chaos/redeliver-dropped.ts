import { type Shop } from '../shopify'
import { isAcknowledged } from './checks/acknowledged'

/** Sends what was dropped, or given up, and never acknowledged since. @returns how many */
export function redeliverDropped(shop: Shop): number {
  const missing = shop
    .deliveries()
    .filter(({ state, attempts }) => state === 'dropped' || (state === 'gave_up' && attempts.length > 0))
    .filter(({ attempts }) => !isAcknowledged({ statuses: attempts.map(({ status }) => status) }))
  for (const delivery of missing) shop.courier.redeliver(delivery)
  return missing.length
}
