import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { type Clock } from '../clock'
import { type FaultQueue } from '../fault-queue'
import { personOfIdToken, type AppCredentials } from './id-token'
import { type Staff, type TokenAnswer, type TokenStore } from './token-store'

/** How the token endpoint misbehaves, on command. */
export const TokenFault = z.intersection(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('fail'),
      status: z.number().int().min(400).max(599).default(500),
      error: z.string().default('server_error'),
    }),
    z.object({ kind: z.literal('slow'), ms: z.number().min(0).max(600_000) }),
    /** Answers with tokens but does not say when they expire (shopify-app-js issue 3400). */
    z.object({ kind: z.literal('without_expiry') }),
  ]),
  z.object({ times: z.number().int().positive().optional() }),
)
export type TokenFault = z.infer<typeof TokenFault>
export type TokenFaultInput = z.input<typeof TokenFault>

/** An HTTP answer in the making. */
export interface TokenReply {
  status: number
  body: TokenAnswer | { error: string; error_description: string }
}

const Credentials = z.object({ client_id: z.string(), client_secret: z.string() })
const Exchange = z.object({
  grant_type: z.literal('urn:ietf:params:oauth:grant-type:token-exchange'),
  subject_token: z.string(),
  subject_token_type: z.literal('urn:ietf:params:oauth:token-type:id_token'),
  requested_token_type: z.enum([
    'urn:shopify:params:oauth:token-type:offline-access-token',
    'urn:shopify:params:oauth:token-type:online-access-token',
  ]),
  expiring: z.union([z.literal('1'), z.literal('0'), z.literal(1), z.literal(0)]).default('0'),
})
const Refresh = z.object({ grant_type: z.literal('refresh_token'), refresh_token: z.string() })
const Grant = z.discriminatedUnion('grant_type', [Exchange, Refresh])

export interface TokenEndpoint {
  app: AppCredentials | undefined
  shopDomain: string
  clock: Clock
  tokens: TokenStore
  /** A person's permissions, by the id that an id token names. */
  staff(userId: string): Staff
  faults: FaultQueue<TokenFault>
}

/** Answers `POST /admin/oauth/access_token`: token exchange for an offline token or a person's own, and refresh. */
export async function grantToken(endpoint: TokenEndpoint, request: unknown): Promise<TokenReply> {
  const fault = endpoint.faults.take()
  switch (fault?.kind) {
    case undefined:
      return grant(endpoint, request)
    case 'fail':
      return refuse(fault.status, fault.error, 'The stand-in was told to fail')
    case 'slow':
      await pause(fault.ms)
      return grant(endpoint, request)
    case 'without_expiry':
      return withoutExpiry(await grant(endpoint, request))
  }
}

async function grant(endpoint: TokenEndpoint, request: unknown): Promise<TokenReply> {
  const { app, shopDomain, clock, tokens } = endpoint
  const who = Credentials.safeParse(request)
  if (!app || who.data?.client_id !== app.apiKey || who.data.client_secret !== app.apiSecret) {
    return refuse(400, 'invalid_client', 'The client is unknown or its secret is wrong')
  }
  const asked = Grant.safeParse(request)
  if (!asked.success) return refuse(400, 'invalid_request', asked.error.issues[0]?.message ?? 'Malformed')

  if (asked.data.grant_type === 'refresh_token') {
    const answer = tokens.refresh(asked.data.refresh_token)
    return answer
      ? { status: 200, body: answer }
      : refuse(400, 'invalid_grant', 'The refresh token is not active')
  }
  const person = await personOfIdToken(app, shopDomain, clock.now(), asked.data.subject_token)
  if (person === null) return refuse(400, 'invalid_subject_token', 'The id token is not valid')
  const isOnline = asked.data.requested_token_type.includes('online-access')
  const body = isOnline
    ? tokens.issueOnline(endpoint.staff(person))
    : tokens.issue(Number(asked.data.expiring) === 1)
  return { status: 200, body }
}

function withoutExpiry(reply: TokenReply): TokenReply {
  if (!('access_token' in reply.body)) return reply
  const { expires_in: _in, refresh_token_expires_in: _refreshIn, ...body } = reply.body
  return { ...reply, body }
}

function refuse(status: number, error: string, error_description: string): TokenReply {
  return { status, body: { error, error_description } }
}
