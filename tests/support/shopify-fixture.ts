import { readFileSync } from 'node:fs'
import { type News } from '../../app/contracts/news'
import { type LosslessJson, parseLossless } from '../../app/lib/lossless-json'
import { mapWebhook } from '../../app/sources/shopify/map-webhook'

/** When the fixtures are said to have been triggered. */
const TRIGGERED_AT = '2026-09-14T16:20:32.123456789Z'

/** The bytes of a Shopify payload of our own, such as `2026-10/orders_updated`. */
export function shopifyFixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/shopify/${name}.json`, import.meta.url))
}

/** A fixture as lossless JSON, to be changed by a test. */
export function shopifyBody(name: string): { [key: string]: LosslessJson } {
  const body = parseLossless(shopifyFixture(name).toString('utf8'))
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Error(`${name} is no object`)
  return body
}

/** What a webhook with that body says. */
export function mapped(topic: string, body: LosslessJson, triggeredAt: string | null = TRIGGERED_AT): News[] {
  return mapWebhook(body, { topic, triggeredAt })
}

/** The one piece of news that a webhook with that body brings, of the kind that the test expects. */
export function mappedAs<K extends News['kind']>(
  kind: K,
  topic: string,
  body: LosslessJson,
  triggeredAt: string | null = TRIGGERED_AT,
): Extract<News, { kind: K }> {
  const [news, ...others] = mapped(topic, body, triggeredAt)
  if (news?.kind !== kind || others.length > 0)
    throw new Error(`expected one ${kind}, got ${JSON.stringify([news, ...others])}`)
  return news as Extract<News, { kind: K }>
}
