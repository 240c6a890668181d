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

const Claims = z.object({ dest: z.url(), sub: z.string() })

/** Whose token it is, by their id in the shop; null when it is not genuine, for this app, of this shop and not expired. */
export async function personOfIdToken(
  app: AppCredentials,
  shopDomain: string,
  nowMs: number,
  token: string,
): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(app.apiSecret), {
      algorithms: ['HS256'],
      audience: app.apiKey,
      currentDate: new Date(nowMs),
      clockTolerance: 10,
      requiredClaims: ['exp', 'nbf', 'dest'],
    })
    const { dest, sub } = Claims.parse(payload)
    return new URL(dest).hostname === shopDomain ? sub : null
  } catch (refusal) {
    if (refusal instanceof errors.JOSEError || refusal instanceof z.ZodError) return null
    throw refusal
  }
}
