import { compareDigest } from '../backfill/compare-digest'
import { describeReach } from '../backfill/describe-reach'
import { reconcileSource } from '../backfill/reconcile-source'
import { workRun } from '../backfill/work-run'
import { type Resource } from '../contracts/resource'
import { type StoreReaders } from '../contracts/store-reader'
import { alignConnection, type AlignOptions } from '../delivery/align-connection'
import { type AccessOptions } from '../delivery/resolve-access'
import { type Sql } from '../db.server'
import { replayEvents } from '../intake/replay-events'
import { type JobHandlers } from '../jobs/queue.server'
import { ParityError } from '../lib/errors'
import { reevaluate } from '../records/reevaluate'
import { dismissDead } from '../records/dismiss-dead'
import { findCauseOfShop } from '../records/find-causes'
import { replayDead } from '../records/replay-dead'
import { replayMatching } from '../records/replay-matching'
import { readHold } from '../shops/read-hold'
import { readSource } from '../shops/read-source'
import { updateShop } from '../shops/update-shop'
import { describeShop } from '../sources/shopify/admin/describe-shop.server'
import { type OfflineSessions } from '../sources/shopify/admin/offline-session.server'
import { type Parity } from './parity'

/** What the handlers of jobs need. */
export interface HandlerOptions {
  parity: Parity
  sessions: OfflineSessions
  readers: StoreReaders
  access: AccessOptions
  /** Told of every attempt whose record was taken back from a worker that died. */
  onAbandoned: NonNullable<AlignOptions['onAbandoned']>
}

/** Joins job names to their handlers. */
export function handlersOf(options: HandlerOptions): JobHandlers {
  return { ...describing(options), ...reading(options), ...moving(options), ...replaying(options) }
}

/** What is asked about shops. */
function describing({
  parity: { db, queue, clock, logger },
  sessions,
  readers,
}: HandlerOptions): Pick<JobHandlers, 'describeShop' | 'describeReach'> {
  return {
    async describeShop({ shopId }) {
      const shop = await db.prisma.shop.findUnique({ where: { id: shopId } })
      if (!shop || shop.uninstalledAt) return
      const facts = await describeShop(await sessions(shop.domain))
      await db.transaction((tx) => updateShop(tx, shop.domain, facts, queue, clock()))
    },

    describeReach: ({ shopId }) => describeReach(shopId, { db, queue, clock, logger, readers }),
  }
}

/** What reads stores, and the SaaS. */
function reading({
  parity: { db, queue, sealer, clock, logger },
  readers,
  access,
}: HandlerOptions): Pick<JobHandlers, 'workRun' | 'reconcile' | 'compareDigest'> {
  const ports = { db, queue, sealer, logger, clock, readers }
  return {
    async workRun({ runId }, signal) {
      if ((await workRun(runId, ports, signal)) === 'more') await queue.send('workRun', [{ runId }], db)
    },

    async reconcile({ sourceConnectionId, downtime }, signal) {
      const span = downtime && { since: new Date(downtime.since), until: new Date(downtime.until) }
      try {
        await reconcileSource(sourceConnectionId, ports, signal, span)
      } catch (error) {
        // The store cannot be asked now; the next look begins where the last one that ended well did.
        if (!(error instanceof ParityError)) throw error
        logger.warn({ err: error, sourceConnectionId }, 'reconciliation.postponed')
      }
    },

    async compareDigest({ sourceConnectionId }, signal) {
      const compared = await compareDigest(sourceConnectionId, { ...access, db, clock, signal })
      logger.info({ sourceConnectionId, ...compared }, 'saas.compared')
    },
  }
}

/** What brings records to where something else is by now. */
function moving({
  parity: { db, queue, sealer, clock, logger },
  onAbandoned,
}: HandlerOptions): Pick<JobHandlers, 'alignHeld' | 'reevaluate'> {
  return {
    async alignHeld({ shopId }, signal) {
      if ((await alignConnection(db, shopId, clock(), { signal, onAbandoned })) === 'more')
        await queue.send('alignHeld', [{ shopId }], db)
    },

    async reevaluate({ runId }, signal) {
      const options = { db, sealer, logger, clock, contextOf: readSource, signal }
      if ((await reevaluate(runId, options)) === 'more') await queue.send('reevaluate', [{ runId }], db)
    },
  }
}

/** What people have done again. */
function replaying({
  parity: { db, queue, replay, clock, logger },
}: HandlerOptions): Pick<JobHandlers, 'replayDead' | 'dismissDead' | 'replayMatching' | 'replayEvents'> {
  return {
    async replayDead(meant, signal) {
      const { shopId, resource } = meant
      const cause = await causeOf(db, meant)
      if (cause === undefined) return
      const shop = { shopId, heldBecause: await readHold(db, shopId) }
      const dead = { since: new Date(meant.since), until: new Date(meant.until), resource, cause }
      const { sent, hasMore } = await replayDead(db, shop, dead, clock, signal)
      logger.info({ shopId, sent }, 'records.replayed')
      if (hasMore) await queue.send('replayDead', [meant], db)
    },

    async dismissDead(meant, signal) {
      const { shopId, resource, reason } = meant
      const cause = await causeOf(db, meant)
      if (cause === undefined) return
      const dead = { since: new Date(0), until: new Date(meant.until), resource, cause }
      const { dismissed, hasMore } = await dismissDead(db, shopId, { dead, reason }, clock, signal)
      logger.info({ shopId, dismissed }, 'records.dismissed')
      if (hasMore) await queue.send('dismissDead', [meant], db)
    },

    async replayMatching(meant, signal) {
      const { shopId, states, resource } = meant
      const shop = { shopId, heldBecause: await readHold(db, shopId) }
      const matching = { states, resource, until: new Date(meant.until) }
      const { sent, hasMore } = await replayMatching(db, shop, matching, clock, signal)
      logger.info({ shopId, sent }, 'records.replayed')
      if (hasMore) await queue.send('replayMatching', [meant], db)
    },

    async replayEvents(meant, signal) {
      const source = await readSource(db, meant.sourceConnectionId)
      if (!source) return
      const { shopId } = source
      const window = { since: new Date(meant.since), until: new Date(meant.until) }
      const { next, ...counts } = await replayEvents({ ...meant, ...window, shopId }, replay, signal)
      logger.info({ shopId, ...counts }, 'events.replayed')
      if (next) await queue.send('replayEvents', [{ ...meant, since: next.toISOString() }], db)
    },
  }
}

/** The cause that a job names by its key: null where it names none, undefined when nothing is dead of that any more. */
async function causeOf(
  sql: Sql,
  { shopId, resource, cause }: { shopId: string; resource: Resource | null; cause?: string | undefined },
): Promise<string | null | undefined> {
  if (cause === undefined || resource === null) return null
  return (await findCauseOfShop(sql, shopId, { resource, key: cause }))?.cause
}
