import { type z } from 'zod'
import { ParityError } from '~/lib/errors'
import { type LosslessJson, parseLossless } from '~/lib/lossless-json'
import { type Clock } from '~/lib/time'
import { API_VERSION } from '~/shopify-version'
import { type Budget, type Spent } from './budget'
import { askShop, type Fetch, parseAnswer } from './call-shop.server'
import { answerNotUnderstood, shopifyUnreachable, tokenRefused, TooCostly } from './errors'
import { fieldOfPath } from './field-of-path'
import { GraphqlAnswer } from './graphql-answer'
import { type OfflineSessions } from './offline-session.server'
import { removeUnknown } from './remove-unknown'
import { type Selection } from './selection'
import { sortErrors } from './sort-errors'
import { storeTime } from './store-time'

/** Shopify itself gives a query up after half a minute or so. */
const TIMEOUT_MS = 40_000
/** How long nobody asks when Shopify refuses by status and does not say how long. */
const TOO_MANY_MS = 2_000

/** A question to the Admin API of a store. */
export interface Question<T> {
  /** Under which it is learned what such a question costs. */
  kind: string
  query: string
  variables?: Record<string, unknown>
  /** What the answer's data must be, after what is withheld was taken out of it. */
  answer: z.ZodType<T>
  /** What the query selects, so that it can be said which fields are withheld. */
  selection?: Selection
}

export interface Answer<T> {
  data: T
  /** The fields that the store withholds, such as `Customer.email`. */
  denied: string[]
  /** When the question was put, by the store's clock; UTC text with nine decimals. */
  askedAt: string
}

/**
 * Asks when the store's budget allows it; what is throttled is asked again.
 *
 * @throws ParityError NOT_INSTALLED, TOKEN_REFUSED, SHOPIFY_UNREACHABLE (to be retried), SHOPIFY_ANSWER (TooCostly among them)
 */
export type AskAdmin = <T>(question: Question<T>) => Promise<Answer<T>>

export interface AskAdminDeps {
  shop: string
  sessions: OfflineSessions
  fetch: Fetch
  clock: Clock
  budget: Budget
  /** Breaks off what is under way. */
  signal: AbortSignal
}

/** Makes what asks one store, each time with the shop's present session, so that a token may be refreshed in between. */
export function createAskAdmin(deps: AskAdminDeps): AskAdmin {
  return (question) => deps.budget.spend(question.kind, () => put(deps, question))
}

async function put<T>(deps: AskAdminDeps, question: Question<T>): Promise<Spent<Answer<T>>> {
  const from = deps.clock().getTime()
  const { status, headers, text } = await send(deps, question)
  if (status === 429) return { kind: 'throttled', cost: null, waitMs: retryAfterMs(headers) }

  const answer = parseAnswer(deps.shop, text, parseLossless)
  const askedAt = storeTime(headers.get('Date'), from, deps.clock().getTime())
  return sort(deps.shop, question, answer, askedAt)
}

async function send(deps: AskAdminDeps, { query, variables = {} }: Question<unknown>) {
  const call = (token: string) =>
    askShop(deps.fetch, {
      shop: deps.shop,
      path: `/admin/api/${API_VERSION}/graphql.json`,
      headers: { 'X-Shopify-Access-Token': token },
      body: { query, variables },
      refusals: [401, 403],
      passes: [429],
      timeoutMs: TIMEOUT_MS,
      signal: deps.signal,
    })
  const token = await tokenOf(deps)
  try {
    return await call(token)
  } catch (error) {
    // The token may have been replaced between our reading it and Shopify's looking at it.
    const fresh = isRefused(error) ? await tokenOf(deps) : token
    if (fresh === token) throw error
    return call(fresh)
  }
}

async function tokenOf({ sessions, shop }: AskAdminDeps): Promise<string> {
  const { accessToken } = await sessions(shop)
  if (!accessToken) throw tokenRefused(shop)
  return accessToken
}

function isRefused(error: unknown): boolean {
  return error instanceof ParityError && error.code === 'TOKEN_REFUSED'
}

function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('Retry-After'))
  return seconds > 0 ? seconds * 1_000 : TOO_MANY_MS
}

function sort<T>(shop: string, question: Question<T>, raw: LosslessJson, askedAt: string): Spent<Answer<T>> {
  const parsed = GraphqlAnswer.safeParse(raw)
  if (!parsed.success) throw answerNotUnderstood(shop, 'no answer of GraphQL')
  const { data = null, errors, extensions } = parsed.data
  const cost = extensions?.cost ?? null

  const verdict = sortErrors(errors ?? [])
  switch (verdict.kind) {
    case 'throttled':
      return { kind: 'throttled', cost }
    case 'too_costly':
      throw new TooCostly(shop)
    case 'failed':
      throw shopifyUnreachable(shop, verdict.codes)
    case 'refused':
      throw answerNotUnderstood(shop, `${question.kind}: ${verdict.codes}`)
    case 'answered':
      return { kind: 'answered', cost, value: { ...read(shop, question, data, verdict.denied), askedAt } }
  }
}

function read<T>(shop: string, question: Question<T>, data: LosslessJson, paths: string[][]) {
  for (const path of paths) removeUnknown(data, path)
  const answer = question.answer.safeParse(data)
  if (!answer.success) throw answerNotUnderstood(shop, `${question.kind}: not of the form that was asked for`)

  const { selection } = question
  const denied = paths.map((path) => (selection ? fieldOfPath(selection, path) : path.join('.')))
  return { data: answer.data, denied: [...new Set(denied)] }
}
