import { v7 as uuidV7 } from 'uuid'
import {
  type ComplianceNews,
  type RunFinishedNews,
  type ScopesNews,
  type ShopNews,
  type UninstalledNews,
} from '../contracts/news'
import { type EventOutcome } from '../contracts/states'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { DAY_MS } from '../lib/time'
import { uninstallShop } from '../shops/uninstall-shop'
import { updateScopes } from '../shops/update-scopes'
import { updateShop } from '../shops/update-shop'
import { type Incoming } from './event-row'

/** News about the installation, the shop, a run or the law: everything that is not about a record. */
export type LifecycleNews = ComplianceNews | UninstalledNews | ShopNews | ScopesNews | RunFinishedNews

/** What became of it. */
export interface Handled {
  outcome: EventOutcome
  detail: string
}

/** The law allows thirty days (Shopify's documentation of mandatory compliance webhooks). */
const COMPLIANCE_DAYS = 30

/** Acts on news that is not about a record, inside the batch's transaction. */
export async function handleLifecycle(
  tx: Sql,
  news: LifecycleNews,
  incoming: Incoming,
  queue: Queue,
  now: Date,
): Promise<Handled> {
  const { store } = incoming.arrival
  switch (news.kind) {
    case 'uninstalled':
      return UNINSTALLED[await uninstallShop(tx, store, news.triggeredAt, now)]
    case 'shop':
      await updateShop(tx, store, news, queue, now)
      return { outcome: 'handled', detail: "The shop's settings were noted." }
    case 'scopes':
      await updateScopes(tx, store, news.scopes, queue)
      return { outcome: 'handled', detail: 'The granted scopes were noted.' }
    case 'compliance':
      await recordComplianceRequest(tx, news, incoming, now)
      return {
        outcome: 'handled',
        detail: `A request of the law was noted; it is due within ${COMPLIANCE_DAYS} days.`,
      }
    case 'run_finished':
      return finishExport(tx, news, store, queue, now)
  }
}

const UNINSTALLED: Record<Awaited<ReturnType<typeof uninstallShop>>, Handled> = {
  uninstalled: { outcome: 'handled', detail: 'The app was uninstalled; nothing is sent any more.' },
  stale: { outcome: 'outdated', detail: 'It is older than the present installation.' },
  unknown_shop: { outcome: 'not_installed', detail: 'The app is not installed in this shop.' },
}

async function recordComplianceRequest(
  tx: Sql,
  news: ComplianceNews,
  { id, arrival }: Incoming,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO "ComplianceRequest" ("id", "store", "kind", "eventId", "customerExternalId", "orderExternalIds", "receivedAt", "dueAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ("eventId") DO NOTHING`,
    [
      uuidV7(),
      arrival.store,
      news.request,
      id,
      news.customerExternalId,
      news.orderExternalIds,
      now,
      new Date(now.getTime() + COMPLIANCE_DAYS * DAY_MS),
    ],
  )
}

/** Makes the slice that waits for an export due at once, and wakes its run. */
async function finishExport(
  tx: Sql,
  news: RunFinishedNews,
  store: string,
  queue: Queue,
  now: Date,
): Promise<Handled> {
  const slices = await tx.query<{ runId: string }>(
    `UPDATE "SyncSlice" l SET "dueAt" = $3 FROM "SourceConnection" s
     WHERE s."id" = l."sourceConnectionId" AND s."platform" = 'shopify' AND s."account" = $1
       AND l."exportId" = $2 AND l."state" = 'exporting' AND l."dueAt" > $3
     RETURNING l."runId"`,
    [store, news.bulkOperationId, now],
  )
  await queue.send(
    'workRun',
    slices.map(({ runId }) => ({ runId })),
    tx,
  )
  const detail = slices.length > 0 ? 'The run that waits for it was told.' : 'No run waits for it.'
  return { outcome: 'handled', detail }
}
