import { randomBytes } from 'node:crypto'
import { type Clock } from '../clock'

const ACCESS_SECONDS = 3600
const REFRESH_SECONDS = 90 * 24 * 3600

/** How long a person's token lives. */
const ONLINE_SECONDS = 24 * 3600 - 1

/** A member of the shop's staff, as a person's token names them. */
export interface Staff {
  /** What their permissions allow of what the app may do. */
  associated_user_scope: string
  associated_user: { id: number; account_owner: boolean; collaborator: boolean }
}

/** What the token endpoint answers. */
export interface TokenAnswer extends Partial<Staff> {
  access_token: string
  scope: string
  expires_in?: number
  refresh_token?: string
  refresh_token_expires_in?: number
}

interface RefreshToken {
  /** The token that this one replaced; it dies when this one is first used. */
  replaces: string | null
  expiresAt: number
}

/**
 * The tokens that one shop has given to the app. A refresh token rotates; the one before works until its
 * replacement is first used (Shopify changelog, 28 August 2026).
 */
export class TokenStore {
  readonly #access = new Map<string, number>()
  readonly #refresh = new Map<string, RefreshToken>()
  readonly #clock: Clock
  readonly #scope: () => string

  constructor(clock: Clock, scope: () => string) {
    this.#clock = clock
    this.#scope = scope
  }

  /** A new offline token; `expiring` gives a pair. */
  issue(expiring: boolean): TokenAnswer {
    return expiring
      ? this.#issuePair(null)
      : { access_token: this.#newAccess(Infinity), scope: this.#scope() }
  }

  /** A new token of a person's own. */
  issueOnline(staff: Staff): TokenAnswer {
    const access_token = this.#newAccess(this.#clock.now() + ONLINE_SECONDS * 1000)
    return { access_token, scope: this.#scope(), expires_in: ONLINE_SECONDS, ...staff }
  }

  /** A new pair for a refresh token, or undefined when that is not active. */
  refresh(token: string): TokenAnswer | undefined {
    const used = this.#refresh.get(token)
    if (!used || used.expiresAt <= this.#clock.now()) return undefined
    if (used.replaces !== null) this.#refresh.delete(used.replaces)
    used.replaces = null
    return this.#issuePair(token)
  }

  isActive(accessToken: string): boolean {
    return (this.#access.get(accessToken) ?? 0) > this.#clock.now()
  }

  /** As an uninstallation does. */
  revokeAll(): void {
    this.#access.clear()
    this.#refresh.clear()
  }

  #issuePair(replaces: string | null): TokenAnswer {
    const now = this.#clock.now()
    const token = `shprt_${randomBytes(16).toString('hex')}`
    this.#refresh.set(token, { replaces, expiresAt: now + REFRESH_SECONDS * 1000 })
    return {
      access_token: this.#newAccess(now + ACCESS_SECONDS * 1000),
      scope: this.#scope(),
      expires_in: ACCESS_SECONDS,
      refresh_token: token,
      refresh_token_expires_in: REFRESH_SECONDS,
    }
  }

  #newAccess(expiresAt: number): string {
    const token = `shpat_${randomBytes(16).toString('hex')}`
    this.#access.set(token, expiresAt)
    return token
  }
}
