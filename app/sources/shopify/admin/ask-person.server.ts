import { z } from 'zod'
import { type AppCredentials } from '../app-credentials'
import { askToken } from './ask-token.server'
import { type Fetch } from './call-shop.server'
import { answerNotUnderstood } from './errors'

const OnlineAnswer = z.object({
  associated_user_scope: z.string(),
  associated_user: z.object({ id: z.union([z.int(), z.string().min(1)]).transform(String) }),
})

/** The person who has the app open, and what their permissions in the shop let them see through it. */
export interface Person {
  /** Shopify's id of the person. */
  userId: string
  /** Access scopes, such as read_customers. */
  scopes: string[]
}

/**
 * Asks Shopify who has the app open, by exchanging their session token for an access token of their own: its answer names the scopes that
 * the app has and the person's permissions allow. The access token itself is forgotten at once.
 * (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/token-exchange)
 *
 * @param sessionToken as App Bridge gave it, less than a minute ago
 * @throws ParityError TOKEN_REFUSED (400, 401), SHOPIFY_UNREACHABLE, SHOPIFY_ANSWER
 */
export async function askPerson(
  deps: { fetch: Fetch; app: AppCredentials },
  shop: string,
  sessionToken: string,
): Promise<Person> {
  const answer = OnlineAnswer.safeParse(
    await askToken(deps, shop, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: sessionToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
    }),
  )
  if (!answer.success) throw answerNotUnderstood(shop, 'no person')
  const { associated_user: user, associated_user_scope: scope } = answer.data
  return {
    userId: user.id,
    scopes: scope
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  }
}
