import { type PrismaClient } from '@prisma/client'
import { type Session } from '@shopify/shopify-api'
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma'
import { type Clock, systemClock } from './lib/time'

const LONG_AGO = new Date(0)

/**
 * Shopify's Prisma storage, with three differences.
 *
 * A shop's token that can be refreshed but came without an expiry counts as expired: the answer forgot to say, and a
 * token that is trusted for ever fails in the background an hour later (shopify-app-js issue 3400). And a database that
 * is away when the first page loads is not remembered as a missing table for as long as the process lives. Storing a shop's token also notes the
 * installation (see `storeSession`).
 */
export class SessionStorage extends PrismaSessionStorage<PrismaClient> {
  readonly #prisma: PrismaClient
  readonly #clock: Clock

  constructor(prisma: PrismaClient, clock: Clock = systemClock) {
    super(answeringForTheTable(prisma))
    this.#prisma = prisma
    this.#clock = clock
  }

  /** A shop that gives a token has the app installed at that moment: an uninstallation from before it is over, however late its webhook. */
  override async storeSession(session: Session): Promise<boolean> {
    const stored = await super.storeSession(session)
    if (!session.isOnline) {
      const installation = { where: { domain: session.shop }, data: { installedAt: this.#clock() } }
      await this.#prisma.shop.updateMany(installation)
    }
    return stored
  }

  override async loadSession(id: string): Promise<Session | undefined> {
    const session = await super.loadSession(id)
    return session && withExpiry(session)
  }

  override async findSessionsByShop(shop: string): Promise<Session[]> {
    return (await super.findSessionsByShop(shop)).map(withExpiry)
  }
}

function withExpiry(session: Session): Session {
  if (session.refreshToken && !session.expires) session.expires = LONG_AGO
  return session
}

/** The storage counts sessions once to learn whether its table is there; migrations are this project's business. */
function answeringForTheTable(prisma: PrismaClient): PrismaClient {
  const extended: unknown = prisma.$extends({
    query: { session: { count: () => Promise.resolve(0) } },
  })
  return extended as PrismaClient
}
