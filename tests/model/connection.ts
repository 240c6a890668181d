import { reevaluate } from '~/records/reevaluate'
import { cancelRemoval } from '~/shops/cancel-removal'
import { changeConnection } from '~/shops/change-connection'
import { noteBatchLimit } from '~/shops/note-batch-limit'
import { pauseConnection, resumeConnection } from '~/shops/pause-connection'
import { readSource } from '~/shops/read-source'
import { DEFAULT_RESOURCES, type SaasDefaults } from '~/shops/saas-defaults'
import { startRemoval } from '~/shops/start-removal'
import { type Stages } from '../support/stages'
import { type Store } from './store'

/** In what a connection changes: another tenant, the other of two policies, the other choice of test orders, or of orders at all. */
export type Reconnection = 'address' | 'policy' | 'selection' | 'orders'

/** The shop's link to its SaaS, and what a test has done to it. */
export interface Connection {
  tenant: number
  generation: number
  isPaused: boolean
  /** Whether every record has been looked at under the present generation. */
  isReEvaluated: boolean
  /** Whether it ever had another policy. What is composed under a new one has another hash than the row, until a run has come by. */
  hasChangedPolicy: boolean
  /** Whether orders are removed from the SaaS; and whether they ever were since every record was last looked at as it is mirrored. */
  isRemoving: boolean
  hasRemoved: boolean
  /** Gives the connection a new generation. A run is to look at every record, and does not yet. */
  change(what: Reconnection): Promise<void>
  /** Works on the runs that wait. */
  reEvaluate(): Promise<void>
  /** Has everything removed that was sent, or cancels that; a run is to look at every record, and does not yet. */
  remove(): Promise<void>
  cancelRemoval(): Promise<void>
  hasOpenRemoval(): Promise<boolean>
  pause(isPaused: boolean): Promise<void>
}

interface ConnectionOptions {
  stages: Stages
  clock(): Date
  shopId: string
  sourceConnectionId: string
  store: Store
  /** How many records the SaaS takes in one call; null for one. */
  batchLimit: number | null
  /** Told when records are looked at that may be sent again although they were given up. */
  onAfresh(): void
  /** What the environment says; intake holds the connection to it. */
  defaults: SaasDefaults
  addressOf(tenant: number): string
}

export function createConnection(options: ConnectionOptions): Connection {
  const { stages, clock, shopId, sourceConnectionId, store, batchLimit, defaults, addressOf } = options
  const { db, queue, sealer, logger } = stages
  let startsAfresh = false

  const connection: Connection = {
    tenant: 1,
    generation: 1,
    isPaused: false,
    isReEvaluated: true,
    hasChangedPolicy: false,
    isRemoving: false,
    hasRemoved: false,
    async change(what) {
      if (what === 'address') defaults.address = addressOf(++connection.tenant)
      if (what === 'policy') defaults.piiPolicy = defaults.piiPolicy === 'full' ? 'minimal' : 'full'
      if (what === 'selection') store.mirrorsTests = !store.mirrorsTests
      if (what === 'orders') store.mirrorsOrders = !store.mirrorsOrders
      if (what === 'orders' || what === 'address') connection.isRemoving = false
      connection.isReEvaluated = false
      connection.hasChangedPolicy ||= what === 'policy'
      startsAfresh ||= what === 'address'
      const { address, piiPolicy } = defaults
      const resources = DEFAULT_RESOURCES.filter((one) => one !== 'order' || store.mirrorsOrders)
      const change = { address, piiPolicy, resources, includeTestOrders: store.mirrorsTests }
      const now = clock()
      const changed = await db.transaction((tx) => changeConnection(tx, shopId, change, { queue, now }))
      connection.generation = changed.generation
      await noteBatchLimit(db, { shopId, generation: changed.generation }, batchLimit, now)
    },
    async reEvaluate() {
      const runs = await db.query<{ id: string }>(
        `SELECT "id" FROM "SyncRun" WHERE "sourceConnectionId" = $1 AND "state" IN ('waiting', 'running')`,
        [sourceConnectionId],
      )
      for (const { id } of runs) await reevaluate(id, { db, sealer, logger, clock, contextOf: readSource })
      if (startsAfresh) options.onAfresh()
      connection.isReEvaluated = true
      connection.hasRemoved = connection.isRemoving
      startsAfresh = false
    },
    async remove() {
      await db.transaction((tx) => startRemoval(tx, shopId, 'order', { queue, now: clock() }))
      connection.isReEvaluated = false
      connection.isRemoving = connection.hasRemoved = true
    },
    async cancelRemoval() {
      const [run] = await openRemovals()
      const now = clock()
      if (run) await db.transaction((tx) => cancelRemoval(tx, { shopId, runId: run.id }, { queue, now }))
      connection.isReEvaluated = false
      connection.isRemoving = false
    },
    hasOpenRemoval: async () => (await openRemovals()).length > 0,
    async pause(isPaused) {
      const pause = isPaused ? pauseConnection : resumeConnection
      await db.transaction((tx) => pause(tx, shopId, queue, clock()))
      connection.isPaused = isPaused
    },
  }
  return connection

  function openRemovals(): Promise<{ id: string }[]> {
    return db.query(
      `SELECT "id" FROM "SyncRun" WHERE "sourceConnectionId" = $1 AND "kind" = 'removal' AND "endedAt" IS NULL`,
      [sourceConnectionId],
    )
  }
}
