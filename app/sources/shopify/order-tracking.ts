import { type Tracking } from '../../contracts/shared-schema'
import { omitUndefined } from '../../lib/omit-undefined'
import { type Fulfillment } from './order-payload'

/** Where Shopify's word differs from the shared one; others pass as they are. */
const SHIPMENT_STATUS = new Map([['failure', 'failed']])
const FULFILLMENT_STATUS = new Map([
  ['success', 'shipped'],
  ['failure', 'failed'],
  ['error', 'failed'],
])

/**
 * The shipments of a fulfilment, one for each tracking number. A fulfilment that nothing tracks (a sale over the counter, a
 * download) gives none. When a shipment was delivered the payload does not say.
 */
export function toTracking(fulfillment: Fulfillment): Tracking[] {
  const numbers = listOf(fulfillment.tracking_numbers, fulfillment.tracking_number)
  const urls = listOf(fulfillment.tracking_urls, fulfillment.tracking_url)
  const isTracked = numbers.length > 0 || urls.length > 0 || fulfillment.shipment_status != null
  const shipments = numbers.length > 0 ? numbers : isTracked ? [null] : []

  return shipments.map((number, index) =>
    omitUndefined({
      number,
      url: urls[index] ?? null,
      company: fulfillment.tracking_company,
      status: statusOf(fulfillment),
      shipped_at: fulfillment.created_at,
    }),
  )
}

function statusOf({ status, shipment_status: shipment }: Fulfillment): Tracking['status'] {
  if (status === 'cancelled') return 'cancelled'
  if (shipment != null) return SHIPMENT_STATUS.get(shipment) ?? shipment
  return status == null ? status : (FULFILLMENT_STATUS.get(status) ?? status)
}

/** The list, or the single value that it is made of where the list is empty or absent. */
function listOf(many: (string | null)[] | undefined, one: string | null | undefined): string[] {
  const all = (many ?? []).filter((text) => text !== null)
  return all.length === 0 && one != null ? [one] : all
}
