import { type Parity } from '~/boot.server'
import { ParityError } from '~/lib/errors'
import { type WebhookRequest } from '~/sources/shopify/verify-webhook'

/** The largest webhook that is taken. */
const MAX_BYTES = 5 * 1024 * 1024
/** When Shopify may try again, at the earliest. */
const RETRY_AFTER_SECONDS = '30'

/** A webhook, as either road brings it. */
export interface Webhook extends Pick<WebhookRequest, 'headers'> {
  /** Its bytes; null when they are more than `limit`. */
  read(limit: number): Promise<Uint8Array | null>
}

/** What a webhook is answered; the body is empty. */
export interface Answer {
  status: number
  headers: Record<string, string>
}

/** What takes webhooks, and counts them. */
export type WebhookPorts = Pick<Parity, 'shopify' | 'intake' | 'metrics' | 'logger'>

/**
 * Answers a webhook, whatever its topic. 200 is a promise: the bytes were genuine, and the event, what it means and when it is to be
 * acted on are committed together. Nobody else is called before it: no session is loaded, no token refreshed.
 *
 * @throws what could not be foreseen; the sender gets a 500 then
 */
export async function acknowledge(webhook: Webhook, ports: WebhookPorts): Promise<Answer> {
  const { acknowledgement, webhooks } = ports.metrics
  const stopTimer = acknowledgement.startTimer()
  let status = 500
  try {
    const answer = await take(webhook, ports)
    status = answer.status
    return answer
  } finally {
    stopTimer()
    webhooks.inc({ status: String(status) })
  }
}

async function take({ headers, read }: Webhook, ports: WebhookPorts): Promise<Answer> {
  const { shopify, intake, metrics, logger } = ports
  const body = await read(MAX_BYTES)
  if (body === null) return { status: 413, headers: {} }

  const verdict = shopify({ headers, body })
  if (verdict.kind === 'refused') {
    logger.warn({ code: verdict.code, status: verdict.status }, 'webhook.refused')
    return { status: verdict.status, headers: {} }
  }
  try {
    const { outcome } = await intake.accept(verdict.arrival)
    metrics.events.inc({ outcome })
    return { status: 200, headers: {} }
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    logger.error({ err: error, topic: verdict.arrival.topic }, 'webhook.not_committed')
    return { status: 503, headers: { 'Retry-After': RETRY_AFTER_SECONDS } }
  }
}
