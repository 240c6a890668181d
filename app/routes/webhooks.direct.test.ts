import { type IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isPlainWebhook } from './webhooks.direct.server'

const request = (changes: { method?: string; url?: string; headers?: Record<string, string> }) =>
  ({
    method: 'POST',
    url: '/webhooks/orders/create',
    headers: { host: 'parity.example' },
    ...changes,
  }) as IncomingMessage

describe('the direct road', () => {
  it.each(['/webhooks', '/webhooks/orders/create', '/webhooks/customer/tags_added'])(
    'takes a POST to %s',
    (url) => {
      expect(isPlainWebhook(request({ url }))).toBe(true)
    },
  )

  it.each(['GET', 'PUT', 'HEAD', 'TRACE', 'OPTIONS'])('leaves %s to express', (method) => {
    expect(isPlainWebhook(request({ method }))).toBe(false)
  })

  it.each([
    '/',
    '/webhook',
    '/webhooksy',
    '/webhooks/',
    '/webhooks/a?b=c',
    '/webhooks/a.data',
    '/webhooks/%2e',
    '/webhooks/../app',
    '//webhooks',
    '/app/webhooks',
  ])('leaves the path %s to express', (url) => {
    expect(isPlainWebhook(request({ url }))).toBe(false)
  })

  it.each(['localhost', 'a.example', 'a.example:3000', '127.0.0.1:3000', '[::1]:3000', ''])(
    'takes the host "%s"',
    (host) => {
      expect(isPlainWebhook(request({ headers: host === '' ? {} : { host } }))).toBe(true)
    },
  )

  it.each(['a b', 'a/b', 'a@b', 'a:99999', '1.2.3.4.5', 'a, b', '[::1'])(
    'leaves the host "%s" to express',
    (host) => {
      expect(isPlainWebhook(request({ headers: { host } }))).toBe(false)
      expect(isPlainWebhook(request({ headers: { host: 'a.example', 'x-forwarded-host': host } }))).toBe(
        false,
      )
    },
  )

  it('leaves a protocol that is none to express', () => {
    const headers = (protocol: string) => ({ host: 'a.example', 'x-forwarded-proto': protocol })
    expect(isPlainWebhook(request({ headers: headers('https') }))).toBe(true)
    expect(isPlainWebhook(request({ headers: headers('ht tp') }))).toBe(false)
  })
})
