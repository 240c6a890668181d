import { type Prisma, type Session as SessionRow } from '@prisma/client'
import { Session } from '@shopify/shopify-api'
import { type Database } from '~/db.server'
import { ParityError } from '~/lib/errors'
import { limit } from '~/lib/limit'
import { type Clock } from '~/lib/time'
import { type AppCredentials } from '../app-credentials'
import { type Fetch } from './call-shop.server'
import { notInstalled, tokenRefused } from './errors'
import { refreshToken, type TokenPair } from './refresh-token.server'

/** A token that ends within five minutes might end in the middle of the work. */
const MARGIN_MS = 5 * 60_000
/** A refresh holds a connection of the pool while Shopify thinks; requests need the others. */
const MOST_REFRESHES = 4
/** Longer than the call to Shopify may take. */
const TRANSACTION_MS = 20_000

/** What background work needs to act for a shop. */
export interface OfflineSessionDeps {
  db: Database
  app: AppCredentials
  fetch: Fetch
  clock: Clock
}

/** The offline session of a shop, good for five minutes at least unless Shopify says otherwise. */
export type OfflineSessions = (shop: string) => Promise<Session>

/**
 * Makes the reader of offline sessions. A token that is about to end is refreshed once, however many ask for it: the
 * askers of this process share one promise, and processes take turns by an advisory lock and look again after it. The
 * new pair is stored before anyone uses it. (The lock is not on the row, so that an uninstallation, which deletes the
 * row, never waits for Shopify.)
 *
 * The reader throws ParityError: NOT_INSTALLED, TOKEN_REFUSED, SHOPIFY_UNREACHABLE (to be retried), SHOPIFY_ANSWER.
 */
export function openOfflineSessions(deps: OfflineSessionDeps): OfflineSessions {
  const underWay = new Map<string, Promise<Session>>()
  const gate = limit(MOST_REFRESHES)

  return async (shop) => {
    const row = await find(deps.db.prisma, shop)
    if (isGood(row, deps.clock(), MARGIN_MS)) return toSession(row)

    const refreshing =
      underWay.get(shop) ?? gate(() => refresh(deps, shop)).finally(() => underWay.delete(shop))
    underWay.set(shop, refreshing)
    return refreshing.catch((error: unknown) => stillGood(row, deps.clock(), error))
  }
}

function refresh(deps: OfflineSessionDeps, shop: string): Promise<Session> {
  const work = async (tx: Prisma.TransactionClient) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`token of ${shop}`}, 0))`
    const row = await find(tx, shop)
    if (isGood(row, deps.clock(), MARGIN_MS)) return row
    if (!row.refreshToken) throw tokenRefused(shop)

    const pair = await refreshToken({ ...deps, now: deps.clock }, shop, row.refreshToken)
    return store(tx, row, pair)
  }
  return deps.db.prisma
    .$transaction(work, { timeout: TRANSACTION_MS, maxWait: TRANSACTION_MS })
    .then(toSession)
}

/** Changes the row and never makes one: a shop that uninstalled meanwhile stays uninstalled. */
async function store(tx: Prisma.TransactionClient, row: SessionRow, pair: TokenPair): Promise<SessionRow> {
  const { count } = await tx.session.updateMany({ where: { id: row.id }, data: pair })
  if (count === 0) throw notInstalled(row.shop)
  return { ...row, ...pair }
}

async function find(prisma: Prisma.TransactionClient, shop: string): Promise<SessionRow> {
  const row = await prisma.session.findUnique({ where: { id: `offline_${shop}` } })
  if (!row) throw notInstalled(shop)
  return row
}

/** A token without an expiry is good for ever, unless it can be refreshed: then its expiry was forgotten. */
function isGood(row: SessionRow, now: Date, margin: number): boolean {
  if (row.accessToken === '') return false
  if (!row.expires) return !row.refreshToken
  return row.expires.getTime() - margin > now.getTime()
}

/** Shopify being away is no reason to stop while the present token lasts. */
function stillGood(row: SessionRow, now: Date, error: unknown): Session {
  const away = error instanceof ParityError && error.code === 'SHOPIFY_UNREACHABLE'
  if (away && isGood(row, now, 0)) return toSession(row)
  throw error
}

function toSession(row: SessionRow): Session {
  return new Session({
    id: row.id,
    shop: row.shop,
    state: row.state,
    isOnline: row.isOnline,
    accessToken: row.accessToken,
    ...(row.scope !== null && { scope: row.scope }),
    ...(row.expires && { expires: row.expires }),
    ...(row.refreshToken !== null && { refreshToken: row.refreshToken }),
    ...(row.refreshTokenExpires && { refreshTokenExpires: row.refreshTokenExpires }),
  })
}
