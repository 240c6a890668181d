import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { toError } from '~/lib/errors'
import { logger } from '~/logger.server'
import { shopify } from '~/shopify.server'

// The server imports this one bundle, so that pools and batchers exist once.
export { rest, start, stop } from '~/boot.server'
export { config } from '~/config.server'
export { logger } from '~/logger.server'
export { isPlainWebhook, takeWebhook } from '~/routes/webhooks.direct.server'

/** How long a loader may keep a streamed page waiting, in milliseconds. */
export const streamTimeout = 5_000

/** Renders a document: streamed to people, whole to bots, framed by the shop's own admin only. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  headers.set('Content-Type', 'text/html; charset=utf-8')
  shopify().addDocumentResponseHeaders(request, headers)
  if (!headers.has('Content-Security-Policy'))
    headers.set('Content-Security-Policy', "frame-ancestors 'none'")

  return render(request, status, headers, context)
}

/** Writes one line for a failure that reached Remix. A request that its client gave up is none, nor is a page that does not exist. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return
  logger().error({ err: toError(error), path: new URL(request.url).pathname }, 'page.failed')
}

function render(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  const whenReady = isbot(request.headers.get('User-Agent')) ? 'onAllReady' : 'onShellReady'

  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      [whenReady]() {
        const body = new PassThrough()
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
        pipe(body)
      },
      onShellError: reject,
      onError: (error) => handleError(error, { request }),
    })
    // A second longer than the loaders get, so that React can flush what they rejected with.
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}
