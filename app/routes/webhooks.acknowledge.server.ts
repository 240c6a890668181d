import { parity } from '~/boot.server'
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

/**
 * Answers a webhook, whatever its topic. 200 is a promise: the bytes were genuine, and the event, what it means and the job to act
 * on it are committed together. Nobody else is called before it: no session is loaded, no token refreshed.
 *
 * @throws what could not be foreseen; the sender gets a 500 then
 */
export async function acknowledge(webhook: Webhook): Promise<Answer> {
  const { metrics } = parity()
  const stopTimer = metrics.acknowledgement.startTimer()
  const answer = await take(webhook)
  stopTimer()
  metrics.webhooks.inc({ status: String(answer.status) })
  return answer
}

async function take({ headers, read }: Webhook): Promise<Answer> {
  const { shopify, intake, metrics, logger } = parity()
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
