import { type IncomingMessage, type ServerResponse } from 'node:http'
import { parity } from '~/boot.server'
import { toError } from '~/lib/errors'
import { readIncoming } from '~/lib/read-incoming'
import { logger } from '~/logger.server'
import { acknowledge } from './webhooks.acknowledge.server'

/**
 * The direct road of a webhook, from node:http to its answer: no express, no router, no Request and Response. It takes what
 * `isPlainWebhook` says, and answers as the Remix route does, through the same function.
 */
export function takeWebhook(request: IncomingMessage, response: ServerResponse): void {
  const headers = { get: (name: string) => headerOf(request, name) }
  const webhook = { headers, read: (limit: number) => readIncoming(request, limit) }
  acknowledge(webhook, parity()).then(
    (answer) => response.writeHead(answer.status, { ...EMPTY, ...answer.headers }).end(),
    (error: unknown) => {
      logger().error({ err: toError(error), path: request.url }, 'page.failed')
      response.writeHead(500, EMPTY).end()
    },
  )
}

/** As `shopify.app.toml` lists them, and `/webhooks` itself. */
const PATH = /^\/webhooks(?:\/\w+)*$/
const HOST = /^[\w.:[\]-]+$/
const EMPTY = { 'X-Content-Type-Options': 'nosniff', 'Content-Length': '0' }

/** Whether a request is a webhook as Shopify, or a proxy before us, sends it. What differs in any way is left to the other road. */
export function isPlainWebhook({ method, url = '', headers }: IncomingMessage): boolean {
  const { host, 'x-forwarded-host': forwardedHost, 'x-forwarded-proto': protocol = 'https' } = headers
  return (
    method === 'POST' &&
    PATH.test(url) &&
    [host, forwardedHost].every(isHost) &&
    (protocol === 'https' || protocol === 'http')
  )
}

function isHost(host: string | string[] = 'localhost'): boolean {
  return typeof host === 'string' && HOST.test(host) && URL.canParse(`http://${host}`)
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()]
  return typeof value === 'string' ? value : null
}
