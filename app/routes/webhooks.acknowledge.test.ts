import { expect, it } from 'vitest'
import { createLogger } from '~/logger.server'
import { createMetrics } from '~/metrics.server'
import { createShopifyReceiver } from '~/sources/shopify/receive-webhook'
import { acknowledge, type WebhookPorts } from './webhooks.acknowledge.server'

function ports(): WebhookPorts {
  return {
    shopify: createShopifyReceiver({ apiKey: 'key', apiSecret: 'secret', previousApiSecret: undefined }),
    intake: { accept: () => Promise.reject(new Error('not expected')), idle: () => Promise.resolve() },
    metrics: createMetrics(),
    logger: createLogger('silent'),
  }
}
const headers = { get: () => null }

it('an acknowledgement is timed, and counted by its answer', async () => {
  const given = ports()
  expect(await acknowledge({ headers, read: () => Promise.resolve(null) }, given)).toMatchObject({
    status: 413,
  })
  expect(await given.metrics.text()).toMatch(/parity_webhooks_total\{status="413"\} 1/)
})

it('what breaks off before its answer is timed and counted, too', async () => {
  const given = ports()
  const read = () => Promise.reject(new Error('The sender has gone.'))
  await expect(acknowledge({ headers, read }, given)).rejects.toThrow('The sender has gone.')
  const text = await given.metrics.text()
  expect(text).toMatch(/parity_webhooks_total\{status="500"\} 1/)
  expect(text).toMatch(/parity_acknowledgement_seconds_count 1/)
})
