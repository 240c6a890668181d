import { z } from 'zod'
import { type AppCredentials } from '../app-credentials'
import { askToken } from './ask-token.server'
import { type Fetch } from './call-shop.server'
import { answerNotUnderstood } from './errors'

/** What refreshing buys. Absent: the answer did not say. */
const RefreshAnswer = z.object({
  access_token: z.string().min(1),
  scope: z.string().optional(),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
})

/** A shop's new pair of tokens, with the times at which they run out. */
export interface TokenPair {
  accessToken: string
  scope?: string
  expires: Date
  refreshToken?: string
  refreshTokenExpires?: Date
}

/**
 * Buys a new pair of tokens with a refresh token. Shopify takes the old one until the new one is used for the first
 * time, so that an answer that was lost can be asked for again. An answer without an expiry has expired already
 * (shopify-app-js issue 3400; the SDK's own call would keep such a token for ever, hence this one).
 *
 * @throws ParityError TOKEN_REFUSED (400, 401), SHOPIFY_UNREACHABLE, SHOPIFY_ANSWER
 */
export async function refreshToken(
  deps: { fetch: Fetch; app: AppCredentials; now: () => Date },
  shop: string,
  token: string,
): Promise<TokenPair> {
  const answer = RefreshAnswer.safeParse(
    await askToken(deps, shop, { grant_type: 'refresh_token', refresh_token: token }),
  )
  if (!answer.success) throw answerNotUnderstood(shop, 'no access token')

  return toPair(answer.data, deps.now())
}

function toPair(answer: z.infer<typeof RefreshAnswer>, now: Date): TokenPair {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)

  return {
    accessToken: answer.access_token,
    expires: after(answer.expires_in ?? 0),
    ...(answer.scope !== undefined && { scope: answer.scope }),
    ...(answer.refresh_token !== undefined && { refreshToken: answer.refresh_token }),
    ...(answer.refresh_token_expires_in !== undefined && {
      refreshTokenExpires: after(answer.refresh_token_expires_in),
    }),
  }
}
