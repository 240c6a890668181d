import { type LosslessJson } from '../../../lib/lossless-json'
import { fromList, known, type Row, renamed } from './row'

/** What the admin displays of a parcel, and webhooks have no shipment status for. */
const NO_SHIPMENT_STATUS = new Set([
  'FULFILLED',
  'MARKED_AS_FULFILLED',
  'SUBMITTED',
  'CANCELED',
  'LABEL_VOIDED',
])
/** The statuses of an order of which it is plain what webhooks say; for all others they say how much was sent. */
const ORDER_STATUS = new Map<LosslessJson, string | null>([
  ['FULFILLED', 'fulfilled'],
  ['PARTIALLY_FULFILLED', 'partial'],
  ['RESTOCKED', 'restocked'],
  ['UNFULFILLED', null],
  ['OPEN', null],
  ['FULFILLMENT_NOT_REQUIRED', null],
])

/** A `Fulfillment` as an order's webhook lists it. */
export function fulfillmentBody(fulfillment: Row): Row {
  const tracking = fromList(fulfillment, 'trackingInfo', (info) => info)
  const status = fulfillment['displayStatus']
  return {
    ...renamed(fulfillment, { created_at: 'createdAt', status: 'status' }),
    ...known({
      shipment_status: typeof status === 'string' && NO_SHIPMENT_STATUS.has(status) ? null : status,
      tracking_company: tracking && (tracking[0]?.['company'] ?? null),
      tracking_numbers: tracking?.map(({ number = null }) => number),
      tracking_urls: tracking?.map(({ url = null }) => url),
    }),
  }
}

/**
 * How much of an order was sent, in the words of webhooks. The admin displays also why the rest was not (on hold, scheduled, in
 * progress); a webhook cannot say that, and one state must read the same from both.
 */
export function fulfillmentStatus(displayed: LosslessJson, order: Row): LosslessJson | undefined {
  const named = ORDER_STATUS.get(displayed)
  if (named !== undefined) return named
  const sent = fromList(order, 'fulfillments', ({ status }) => status === 'SUCCESS')
  return sent && (sent.includes(true) ? 'partial' : null)
}
