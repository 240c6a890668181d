import { type Database, type Sql } from '~/db.server'
import { toError } from '~/lib/errors'
import { type Clock, systemClock } from '~/lib/time'
import { failure, Refusal } from './answer'
import { type Tools } from './endpoint'
import { createRateLimiter, DEFAULT_RATE_LIMIT, type RateLimit } from './rate-limit'
import { route } from './router'
import { createAuthenticator, issueKey } from './tenant'

/** The built-in SaaS: keeps each tenant's mirror, and serves everything below `/api`. */
export interface Receiver {
  /** Answers a request; never throws. */
  handle(request: Request): Promise<Response>
  /**
   * Makes a new API key for the tenant of that name, and the tenant where there is none.
   *
   * @param sql a transaction to be part of
   * @returns the key, which cannot be read again
   */
  issueKey(storeName: string, sql?: Sql): Promise<string>
}

/**
 * Makes a receiver on a database.
 *
 * @param options.rateLimit what one tenant may ask of this process; generous by default
 * @param options.onFailure told of what went wrong inside when the answer is 500
 */
export function createReceiver(options: {
  db: Database
  clock?: Clock
  rateLimit?: RateLimit
  onFailure?: (error: Error) => void
}): Receiver {
  const { db, clock = systemClock, rateLimit = DEFAULT_RATE_LIMIT, onFailure } = options
  const tools: Tools = { db, clock }
  const authenticate = createAuthenticator(db, clock)
  const takeTurn = createRateLimiter(rateLimit, clock)

  return {
    issueKey: (storeName, sql = db) => issueKey(sql, storeName),
    async handle(request) {
      try {
        return await answer(request)
      } catch (error) {
        if (error instanceof Refusal) return failure(error)
        onFailure?.(toError(error))
        return failure(new Refusal('SYNC_ERROR', 'The receiver could not do this; try again later.'))
      }
    },
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const { endpoint, params } = route(request.method, pathname)
    if (endpoint.access === 'public') return endpoint.handle()

    const tenant = await authenticate(request)
    takeTurn(tenant.storeId)
    return endpoint.handle({ request, query: searchParams, params, tenant }, tools)
  }
}
