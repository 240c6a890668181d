import { type Id } from '../store/model'

/** Where a delivery stands. */
export type DeliveryState = 'waiting' | 'under_way' | 'acknowledged' | 'gave_up' | 'dropped'

interface DeliveryAttempt {
  /** ISO 8601. */
  at: string
  status: number | null
  error: string | null
  durationMs: number
}

/** One webhook on its way to one address. */
export interface Delivery {
  /** `X-Shopify-Webhook-Id`: the same over all attempts, and for duplicates. */
  webhookId: string
  /** `X-Shopify-Event-Id`: shared by all that one action of the merchant brought about. */
  eventId: string
  shop: string
  topic: string
  recordId: Id
  url: string
  triggeredAt: string
  headers: Record<string, string>
  body: string
  state: DeliveryState
  attempts: DeliveryAttempt[]
  /** ISO 8601; null when nothing more is planned. */
  nextAttemptAt: string | null
}

/** What became of all deliveries so far. */
export type DeliverySummary = Record<DeliveryState, number>
