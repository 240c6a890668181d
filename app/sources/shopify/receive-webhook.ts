import { type Arrival } from '../../contracts/arrival'
import { type News } from '../../contracts/news'
import { parseLossless } from '../../lib/lossless-json'
import { toSortable } from '../../lib/time'
import { type AppCredentials } from './app-credentials'
import { type Delivery } from './delivery'
import { mapWebhook } from './map-webhook'
import { readDelivery } from './read-delivery'
import { type Verification, verifyWebhook, type WebhookRequest } from './verify-webhook'

/** What webhooks are verified with. The previous secret is taken too: after a rotation Shopify signs with it for up to an hour. */
export interface SigningSecrets extends AppCredentials {
  previousApiSecret?: string | undefined
}

/** What a request came to: an arrival to commit, or an answer that refuses it. */
export type Verdict =
  | { kind: 'genuine'; arrival: Arrival }
  | { kind: 'refused'; status: 401 | 400; code: string; message: string }

/** Verifies one webhook and says what it means. Never throws. */
export type ShopifyReceiver = (request: WebhookRequest) => Verdict

/**
 * A function that verifies a Shopify webhook and says what it means. It needs no session, and never throws.
 *
 * It checks in this order: the signature (401, whatever the topic); then 400 each: the other headers that every webhook has, the shop's
 * domain, that the body is JSON. A body that cannot be mapped is genuine all the same, and its news carries the reason.
 */
export function createShopifyReceiver({ apiSecret, previousApiSecret }: SigningSecrets): ShopifyReceiver {
  const secrets = previousApiSecret ? [apiSecret, previousApiSecret] : [apiSecret]

  return (request) => {
    const verification = verifyWebhook(request, secrets)
    switch (verification.kind) {
      case 'genuine':
        return receive(request, verification)
      case 'forged':
        return verification.isSigned
          ? refused(401, 'SIGNATURE_WRONG', 'The signature is not that of this body.')
          : refused(401, 'SIGNATURE_MISSING', 'The request is not signed.')
      case 'incomplete':
        return refused(400, 'HEADER_MISSING', `Missing headers: ${verification.missing.join(', ')}.`)
      case 'no_text':
        return refused(400, 'BODY_NOT_JSON', 'The body is not JSON.')
    }
  }
}

/** Shopify's are UUIDs. The header is outside the signature, and what is longer could not be stored as the key that it is. */
const MAX_ID = 255

function receive(
  { headers, body }: WebhookRequest,
  { text, shop, apiVersion, webhookId }: Extract<Verification, { kind: 'genuine' }>,
): Verdict {
  if (shop === null) return refused(400, 'SHOP_DOMAIN_INVALID', "The shop domain is not one of Shopify's.")
  if (webhookId.length > MAX_ID)
    return refused(400, 'HEADER_INVALID', 'The webhook id is too long to be one.')
  const delivery = readDelivery(headers)
  const news = readNews(text, delivery)
  if (news === null) return refused(400, 'BODY_NOT_JSON', 'The body is not JSON.')

  const { topic, triggeredAt, senderEventId, isTest } = delivery
  const arrival: Arrival = {
    platform: 'shopify',
    store: shop,
    deliveryId: webhookId,
    topic,
    apiVersion,
    senderEventId,
    triggeredAt: triggeredAt === null ? null : toSortable(triggeredAt),
    isTest,
    body,
    news,
  }
  return { kind: 'genuine', arrival }
}

/** What the text says; null when it is not JSON. A byte order mark is skipped, as RFC 8259 (8.1) allows. */
function readNews(text: string, delivery: Delivery): News[] | null {
  try {
    return mapWebhook(parseLossless(text.replace(/^\uFEFF/, '')), delivery)
  } catch (thrown) {
    // Whatever is not a mistake in the JSON is a limit of the parser: lists within lists, by the thousand.
    return thrown instanceof SyntaxError
      ? null
      : [{ kind: 'unmapped', reason: 'The body is nested too deeply.' }]
  }
}

function refused(status: 401 | 400, code: string, message: string): Verdict {
  return { kind: 'refused', status, code, message }
}
