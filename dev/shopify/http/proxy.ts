import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Request, type RequestHandler, type Response } from 'express'
import { type Standing } from './standing'

const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js'
const OWN_APP_BRIDGE = '/__standin/app-bridge.js'
const ADMIN = 'https://admin.shopify.com'

/**
 * Hands every path that is not the stand-in's own to the app, so that a person's browser sees admin and app on one
 * origin. Three things are rewritten on the way back: App Bridge's address, the permission to be framed (where the
 * admin has it), and redirects to the app or to the admin.
 */
export function proxyToApp({ app }: Standing): RequestHandler {
  return (request, response) => {
    const target = app()
    if (!target) {
      response.status(503).type('text').send('No app is connected to the stand-in yet')
      return
    }
    const address = new URL(request.originalUrl, target.url)
    const send = address.protocol === 'https:' ? httpsRequest : httpRequest
    const options = { method: request.method, headers: forwarded(request) }
    const outgoing = send(address, options, (answer) => handBack(answer, request, response, target.url))
    outgoing.once('error', () => {
      if (response.headersSent) response.destroy()
      else response.status(502).type('text').send('The app does not answer')
    })
    response.once('close', () => outgoing.destroy())
    request.pipe(outgoing)
  }
}

/** Host stays as the browser gave it: the app sees one origin, as behind any proxy. Answers come uncompressed. */
function forwarded(request: Request): IncomingHttpHeaders {
  const { connection: _own, 'accept-encoding': _packed, ...headers } = request.headers
  return { ...headers, 'x-forwarded-proto': 'http', 'x-forwarded-host': request.get('host') ?? '' }
}

function handBack(answer: IncomingMessage, request: Request, response: Response, appUrl: string): void {
  const { connection: _own, 'transfer-encoding': _chunked, ...headers } = answer.headers
  const own = `http://${request.get('host')}`
  rewrite(headers, 'content-security-policy', allowOwnFrame)
  rewrite(headers, 'link', (link) => link.replaceAll(APP_BRIDGE, own + OWN_APP_BRIDGE))
  rewrite(headers, 'location', (location) => ownAddress(location, appUrl))
  const isPage = /^text\/html/.test(headers['content-type'] ?? '')
  const isScript = /javascript/.test(headers['content-type'] ?? '')
  if (!isPage && !isScript) {
    response.writeHead(answer.statusCode ?? 502, headers)
    answer.pipe(response)
    return
  }
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.once('end', () => {
    const { 'content-length': _changed, ...kept } = headers
    const text = Buffer.concat(chunks).toString('utf8').replaceAll(APP_BRIDGE, OWN_APP_BRIDGE)
    response.writeHead(answer.statusCode ?? 502, kept).end(text)
  })
}

/** Who may be framed by the admin may be framed here; who may not, may not. */
function allowOwnFrame(policy: string): string {
  return policy.replace(/frame-ancestors[^;]*/, (rule) =>
    rule.includes(ADMIN) ? "frame-ancestors 'self'" : rule,
  )
}

function ownAddress(location: string, appUrl: string): string {
  for (const foreign of [appUrl.replace(/\/$/, ''), ADMIN]) {
    if (location.startsWith(`${foreign}/`)) return location.slice(foreign.length)
  }
  return location
}

function rewrite(headers: IncomingHttpHeaders, name: string, change: (value: string) => string): void {
  const value = headers[name]
  if (typeof value === 'string') headers[name] = change(value)
}
