import { type ActionFunctionArgs } from '@remix-run/node'
import { parity } from '~/boot.server'
import { ParityError } from '~/lib/errors'
import { readBody } from '~/lib/read-body'

/** The largest webhook that is taken. */
const MAX_BYTES = 5 * 1024 * 1024
/** When Shopify may try again, at the earliest. */
const RETRY_AFTER_SECONDS = '30'

/** Only POST is taken here. */
export const loader = () => answer(405, { Allow: 'POST' })

/**
 * Every Shopify webhook, whatever its topic. 200 is a promise: the bytes were genuine, and the event, what it means and the job
 * to act on it are committed together. Nobody else is called before it: no session is loaded, no token refreshed.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== 'POST') return answer(405, { Allow: 'POST' })
  const { metrics } = parity()
  const stopTimer = metrics.acknowledgement.startTimer()
  const response = await receive(request)
  stopTimer()
  metrics.webhooks.inc({ status: String(response.status) })
  return response
}

async function receive(request: Request): Promise<Response> {
  const { shopify, intake, metrics, logger } = parity()
  const body = await readBody(request, MAX_BYTES)
  if (body === null) return answer(413)

  const verdict = await shopify({ headers: request.headers, body })
  if (verdict.kind === 'refused') {
    logger.warn({ code: verdict.code, status: verdict.status }, 'webhook.refused')
    return answer(verdict.status)
  }
  try {
    const { outcome } = await intake.accept(verdict.arrival)
    metrics.events.inc({ outcome })
    return answer(200)
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    logger.error({ err: error, topic: verdict.arrival.topic }, 'webhook.not_committed')
    return answer(503, { 'Retry-After': RETRY_AFTER_SECONDS })
  }
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers })
}
