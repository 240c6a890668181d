import { type SentWebhook } from '../evidence'

/** Whether an attempt was answered with what Shopify takes for a promise. */
export function isAcknowledged({ statuses }: Pick<SentWebhook, 'statuses'>): boolean {
  return statuses.some((status) => status !== null && status >= 200 && status < 300)
}

/** Every webhook that was acknowledged and is not stored. */
export function lostWebhooks(
  webhooks: readonly SentWebhook[],
  stored: ReadonlyMap<string, string>,
): string[] {
  return webhooks
    .filter((webhook) => isAcknowledged(webhook) && !stored.has(webhook.id))
    .map(({ id, topic, recordId }) => `${topic} of ${recordId} (${id}) was acknowledged and is not stored`)
}

const NOT_UNDERSTOOD = ['unmapped', 'not_installed']

/** Every webhook that is stored and meant nothing to the app, though each of a store's says something. */
export function misunderstoodWebhooks(
  webhooks: readonly SentWebhook[],
  stored: ReadonlyMap<string, string>,
): string[] {
  return webhooks
    .filter(({ id }) => NOT_UNDERSTOOD.includes(stored.get(id) ?? ''))
    .map(({ id, topic, recordId }) => `${topic} of ${recordId} (${id}) is ${stored.get(id)}`)
}

/** Every webhook that was never acknowledged, and so is not known to the app: the scenario's own fault, or a refusal. */
export function refusedWebhooks(webhooks: readonly SentWebhook[]): string[] {
  return webhooks
    .filter((webhook) => !isAcknowledged(webhook))
    .map(
      ({ id, topic, recordId, statuses }) =>
        `${topic} of ${recordId} (${id}) was never acknowledged: ${statuses.join(', ') || 'not sent'}`,
    )
}
