import { ParityError } from '~/lib/errors'
import { readBody } from '~/lib/read-body'
import { type ShopScope } from '../presenters/scope.server'
import { reveal, type AskingPerson, type RevealPorts } from './reveal.server'
import { RevealWish, type RevealAnswer } from './reveal-wish'

const MAX_BYTES = 8 * 1024

/** What a wish to see personal data is answered with, and who asks. */
export interface AskingPorts extends RevealPorts {
  /** Asks Shopify who holds a session token. @throws ParityError */
  person(shop: string, sessionToken: string): Promise<AskingPerson>
}

/** The status of a refusal; 502 for what Shopify said of the person, or did not. */
const STATUS: Readonly<Record<string, number>> = {
  VIEW_INVALID: 400,
  VIEW_UNPROVEN: 401,
  VIEW_NOT_PERMITTED: 403,
  VIEW_MISSING: 404,
}

/**
 * Reads from a request of a shop what a person wants to see in full, and answers it: for this page only, never to be kept by a browser or
 * anything between.
 */
export async function answerReveal(
  request: Request,
  ports: AskingPorts,
  scope: ShopScope,
): Promise<Response> {
  try {
    const wish = await readWish(request)
    const person = await ports.person(scope.domain, sessionTokenOf(request))
    return answer({ ok: true, ...(await reveal(ports, scope, person, wish)) }, 200)
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    const { code, userMessage: message } = error
    return answer({ ok: false, code, message }, STATUS[code] ?? 502)
  }
}

async function readWish(request: Request): Promise<RevealWish> {
  const body = await readBody(request, MAX_BYTES)
  const form = new URLSearchParams(new TextDecoder().decode(body ?? undefined))
  const wish = RevealWish.safeParse({ subject: form.get('subject'), id: form.getAll('id') })
  if (wish.success) return wish.data
  throw refusal('VIEW_INVALID', 'This cannot be shown as it was asked for.')
}

/** The token that App Bridge adds to a page's requests; that of an address has been used already. */
function sessionTokenOf(request: Request): string {
  const [, token] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? []
  if (token === undefined)
    throw refusal('VIEW_UNPROVEN', 'Open Parity from your Shopify admin, and try again.')
  return token
}

function answer(body: RevealAnswer, status: number): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })
}

function refusal(code: string, words: string): ParityError {
  return new ParityError(code, { message: words, userMessage: words })
}
