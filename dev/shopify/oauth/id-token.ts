import { randomBytes, randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

/** The app as the shop's authorisation server knows it. */
export interface AppCredentials {
  apiKey: string
  apiSecret: string
}

const LIFETIME_SECONDS = 60

/**
 * An id token (session token) as App Bridge gets it for a signed-in member of staff; it lives for a minute.
 *
 * @param nowMs when it is issued
 * @param overrides claims that a test wants otherwise
 */
export function mintIdToken(
  app: AppCredentials,
  shopDomain: string,
  nowMs: number,
  overrides: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(nowMs / 1000)
  return new SignJWT({
    iss: `https://${shopDomain}/admin`,
    dest: `https://${shopDomain}`,
    aud: app.apiKey,
    sub: '42',
    exp: now + LIFETIME_SECONDS,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    sid: randomBytes(32).toString('hex'),
    ...overrides,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(app.apiSecret))
}

const Claims = z.object({ dest: z.url() })

/** Whether a token is genuine, for this app, of this shop and not expired. */
export async function isGenuineIdToken(
  app: AppCredentials,
  shopDomain: string,
  nowMs: number,
  token: string,
): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(app.apiSecret), {
      algorithms: ['HS256'],
      audience: app.apiKey,
      currentDate: new Date(nowMs),
      clockTolerance: 10,
      requiredClaims: ['exp', 'nbf', 'dest'],
    })
    return new URL(Claims.parse(payload).dest).hostname === shopDomain
  } catch (refusal) {
    if (refusal instanceof errors.JOSEError || refusal instanceof z.ZodError) return false
    throw refusal
  }
}
