import { type ActionFunctionArgs } from '@remix-run/node'
import { parity } from '~/boot.server'
import { readBody } from '~/lib/read-body'
import { acknowledge, type Answer } from './webhooks.acknowledge.server'

/** Only POST is taken here. */
export const loader = () => toResponse(NOT_ALLOWED)

/** Every Shopify webhook, whatever its topic. In production most come by the direct road (webhooks.direct.server.ts) to the same answer. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== 'POST') return toResponse(NOT_ALLOWED)
  const { headers } = request
  const webhook = { headers, read: (limit: number) => readBody(request, limit) }
  return toResponse(await acknowledge(webhook, parity()))
}

const NOT_ALLOWED: Answer = { status: 405, headers: { Allow: 'POST' } }

function toResponse({ status, headers }: Answer): Response {
  return new Response(null, { status, headers })
}
