import { type News } from '../../contracts/news'
import { parseLossless } from '../../lib/lossless-json'
import { type Delivery } from './delivery'
import { mapWebhook } from './map-webhook'

/**
 * What a webhook that was stored says, as the mapper of today reads it. Pure, and never throws.
 *
 * @param body the bytes as they came
 * @param delivery with the trigger time as it is stored: nine decimals
 */
export function mapStored(body: Uint8Array, { topic, triggeredAt }: Delivery): News[] {
  const delivery = { topic, triggeredAt: triggeredAt?.replace(/\.?0+Z$/, 'Z') ?? null }
  try {
    return mapWebhook(parseLossless(new TextDecoder().decode(body)), delivery)
  } catch (thrown) {
    const isNotJson = thrown instanceof SyntaxError
    return [
      { kind: 'unmapped', reason: isNotJson ? 'The body is not JSON.' : 'The body is nested too deeply.' },
    ]
  }
}
