import { Webhook } from 'standardwebhooks'
import { type Sealer } from '../lib/sealing'
import { openAddress } from './alert-address'
import { type SendBy, type Sent } from './send-notices'
import { type DueNotice, type Told } from './told'

const TIMEOUT_MS = 10_000

/** What a shop's secret is sealed for. */
export function alertSecretPurpose(shopId: string): string {
  return `alert-secret:${shopId}`
}

/** What posting needs. */
export interface WebhookOptions {
  sealer: Sealer
  /** Reaches public addresses only. */
  fetch: typeof fetch
}

/**
 * Posts notices to the shop's address, signed as Standard Webhooks has it (https://github.com/standard-webhooks/standard-webhooks): the
 * notice's id is the message's, so that what comes twice can be told. An answer of 2xx is taken; no redirect is followed.
 */
export function createWebhookSender({ sealer, fetch }: WebhookOptions): SendBy {
  return async (notice, told) => {
    const { shopId, webhookUrl, webhookSecret } = notice
    if (webhookUrl === null || webhookSecret === null)
      return { kind: 'failed', code: 'RECEIVER_GONE', isFinal: true }
    const body = JSON.stringify(messageOf(notice, told))
    const secret = sealer.openText(webhookSecret, alertSecretPurpose(shopId))
    const address = openAddress(sealer, shopId, webhookUrl)
    if (address === null) return { kind: 'failed', code: 'SEAL_BROKEN', isFinal: false }
    return fetch(address, {
      method: 'POST',
      headers: headersOf(notice, secret, body),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).then(answerOf, failureOf)
  }
}

function headersOf({ id }: DueNotice, secret: string, body: string): Record<string, string> {
  const at = new Date()
  return {
    'content-type': 'application/json',
    'user-agent': 'Parity',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  }
}

/** `text` is what chat services show of what is posted to them. */
function messageOf(notice: DueNotice, { title, body }: Told) {
  const { subject, madeAt, domain, incidentId, kind, cause, count, openedAt, closedAt } = notice
  return {
    type: subject === 'test' ? 'alert.test' : `incident.${subject}`,
    timestamp: madeAt.toISOString(),
    data: {
      shop: domain,
      incident_id: incidentId,
      kind,
      cause: kind === 'connection' ? cause : null,
      failed_records: kind === 'failures' ? count : null,
      opened_at: openedAt?.toISOString() ?? null,
      closed_at: closedAt?.toISOString() ?? null,
    },
    text: `${title}\n${body}`,
  }
}

/** 410 says that nobody wants it any more, which Standard Webhooks takes for the end. */
async function answerOf(response: Response): Promise<Sent> {
  await response.body?.cancel()
  if (response.ok) return { kind: 'sent' }
  return { kind: 'failed', code: `HTTP_${response.status}`, isFinal: response.status === 410 }
}

function failureOf(error: unknown): Sent {
  const isSlow = error instanceof Error && error.name === 'TimeoutError'
  return { kind: 'failed', code: isSlow ? 'TIMEOUT' : 'NOT_REACHED', isFinal: false }
}
