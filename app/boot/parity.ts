import { type Config } from '../config.server'
import { type Database } from '../db.server'
import { type AccessOptions } from '../delivery/resolve-access'
import { createIntake, type Intake } from '../intake/intake.server'
import { type ReplayOptions } from '../intake/replay-event'
import { type Queue } from '../jobs/queue.server'
import { createSealer, type Sealer } from '../lib/sealing'
import { type Clock } from '../lib/time'
import { logger, type Logger } from '../logger.server'
import { createMetrics, type Metrics } from '../metrics.server'
import { createReceiver, type Receiver } from '../receiver/receiver'
import { ensureShops, type EnsureOptions } from '../shops/ensure-shops'
import { needsReach } from '../shops/find-undescribed'
import { recordInstallation } from '../shops/record-installation'
import { saasDefaults } from '../shops/saas-defaults'
import { askPerson, type Person } from '../sources/shopify/admin/ask-person.server'
import { mapStored } from '../sources/shopify/map-stored'
import { createShopifyReceiver, type ShopifyReceiver } from '../sources/shopify/receive-webhook'
import { catchUp } from './catch-up'
import { accessOptions } from './saas-access'

/** What runs in this process. */
export interface Parity {
  db: Database
  queue: Queue
  sealer: Sealer
  logger: Logger
  metrics: Metrics
  /** Goes by the database's time, as every process does. */
  clock: Clock
  intake: Intake
  /** Verifies and maps what Shopify sends. */
  shopify: ShopifyReceiver
  /** The built-in SaaS. */
  receiver: Receiver
  /** Whether alerts can be mailed. */
  sendsMail: boolean
  /** What replaying an event needs. */
  replay: ReplayOptions
  /** How the SaaS of any shop is connected, and reached. */
  saas: Pick<EnsureOptions, 'defaults' | 'issueReceiverKey'> & { access: AccessOptions }
  /** Asks Shopify who has the app open in a shop, and what their permissions include. */
  person(shop: string, sessionToken: string): Promise<Person>
  shops: {
    /** Sets an installed shop up, and notes the authenticated load; idempotent. */
    ensureInstalled(domain: string): Promise<void>
    /** Brings what an operator changed, and what a stopped process left, to where it should be. */
    catchUp(): Promise<void>
  }
}

/** Puts together what every process has, whatever its role. */
export function composeParity(env: Config, db: Database, queue: Queue, clock: Clock): Parity {
  const sealer = createSealer(env.PARITY_ENCRYPTION_KEY)
  const receiver = createReceiver({
    db,
    onFailure: (error) => logger().error({ err: error }, 'receiver.failed'),
  })
  const ensure: Omit<EnsureOptions, 'now'> = {
    defaults: saasDefaults(env),
    sealer,
    queue,
    issueReceiverKey: (store, tx) => receiver.issueKey(store, tx),
  }
  const map: ReplayOptions['map'] = ({ topic, triggeredAt }, body) => mapStored(body, { topic, triggeredAt })

  return {
    db,
    queue,
    sealer,
    logger: logger(),
    metrics: createMetrics(),
    clock,
    receiver,
    intake: createIntake({ ...ensure, db, logger: logger(), clock }),
    shopify: createShopifyReceiver({
      apiKey: env.SHOPIFY_API_KEY,
      apiSecret: env.SHOPIFY_API_SECRET,
      previousApiSecret: env.SHOPIFY_API_SECRET_PREVIOUS,
    }),
    sendsMail: env.SMTP_URL !== undefined,
    replay: { ...ensure, db, logger: logger(), clock, map },
    saas: {
      defaults: ensure.defaults,
      issueReceiverKey: ensure.issueReceiverKey,
      access: accessOptions({ sealer }, env),
    },
    person: (shop, sessionToken) => {
      const app = { apiKey: env.SHOPIFY_API_KEY, apiSecret: env.SHOPIFY_API_SECRET }
      return askPerson({ fetch: (...call) => fetch(...call), app }, shop, sessionToken)
    },
    shops: {
      ensureInstalled: (domain) => ensureInstalled(domain, { ...ensure, now: clock() }, db),
      catchUp: () => catchUp(db, ensure, clock()),
    },
  }
}

function ensureInstalled(domain: string, ensure: EnsureOptions, db: Database): Promise<void> {
  const { queue, now } = ensure
  return db.transaction(async (tx) => {
    const shop = (await ensureShops(tx, [domain], ensure)).get(domain)
    if (!shop) return
    await recordInstallation(tx, domain, now)
    const job = [{ shopId: shop.shopId }]
    if (shop.context.currency === null) await queue.send('describeShop', job, tx)
    if (await needsReach(tx, shop.shopId)) await queue.send('describeReach', job, tx)
  })
}
