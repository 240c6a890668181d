import { type News } from '../../contracts/news'
import { type LosslessJson } from '../../lib/lossless-json'
import { type Delivery } from './delivery'
import { isEventTopic, mapEvent } from './map-event'
import { topicOf } from './topics'
import { UnmappableBody } from './unmappable-body'

/**
 * What a webhook says: one piece of news at least. Pure, and never throws: a topic that nobody handles is ignored, and a body
 * that cannot be understood is unmapped, each with the reason.
 */
export function mapWebhook(body: LosslessJson, delivery: Delivery): News[] {
  const map = isEventTopic(delivery.topic) ? mapEvent : topicOf(delivery.topic)?.map
  if (!map) return [{ kind: 'ignored', reason: 'Nobody handles this topic.' }]

  try {
    return map(body, delivery)
  } catch (thrown) {
    return [{ kind: 'unmapped', reason: reasonOf(thrown) }]
  }
}

/** Only our own errors are worded for people; another one might carry a value of the body. */
function reasonOf(thrown: unknown): string {
  return thrown instanceof UnmappableBody ? thrown.message : 'The body has a form that Parity does not know.'
}
