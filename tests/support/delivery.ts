import { type SaasConnection } from '@prisma/client'
import { type LaneOptions } from '~/delivery/lane'
import { type Intake } from '~/intake/intake.server'
import { laneOptions, runOut, type TestLane } from './lanes'
import { startSaas, takes, type TestSaas } from './saas'
import { arrival, BUILT_IN, install, openStages, orderState, type Stages } from './stages'

/** The shop of every delivery. */
export const SHOP = 'tea.myshopify.com'

type ConnectionRow = Partial<Omit<SaasConnection, 'breaker' | 'removals'>>

/** One installed shop, and a SaaS that a test speaks for. */
export interface Delivery {
  stages: Stages
  saas: TestSaas
  intake: Intake
  shopId: string
  /** So many orders of a shop change, at that second of its clock. */
  say(orders: number, second?: number, shop?: string): Promise<unknown>
  /** Works the shop's lane until nothing is due that may go. */
  deliver(more?: Partial<LaneOptions>): Promise<TestLane>
  connection(): Promise<SaasConnection>
  setConnection(data: ConnectionRow): Promise<unknown>
  /** How many records are in each state. */
  states(): Promise<Record<string, number>>
  /** No record, no job, a SaaS that takes everything, and connections in good health, but for what is said of them. */
  beginAnew(connection?: ConnectionRow): Promise<void>
  close(): Promise<void>
}

/** A connection in good health, which takes one record a call. */
const WELL = {
  state: 'connected',
  stateReason: null,
  probeAt: null,
  pausedAt: null,
  concurrency: 16,
  callsPerSecond: null,
  batchLimit: null,
  lastDeliveredAt: null,
  lastFailedAt: null,
  laneId: null,
  laneUntil: null,
}

/** Opens the stages with a shop whose records go to a SaaS of the test's own. Close it in `afterAll`. */
export async function openDelivery(): Promise<Delivery> {
  const [stages, saas] = await Promise.all([openStages(), startSaas()])
  const { db, clock } = stages
  const intake = stages.intake({ defaults: { ...BUILT_IN, kind: 'environment', address: saas.url } })
  const say: Delivery['say'] = (orders, second = 1, shop = SHOP) =>
    Promise.all(
      Array.from({ length: orders }, (_, n) =>
        intake.accept(arrival(shop, orderState(String(n), second, { total: `${second}.00` }))),
      ),
    )
  await install(db, SHOP)
  await say(1)
  const { id: shopId } = await db.prisma.shop.findUniqueOrThrow({ where: { domain: SHOP } })
  const setConnection = (data: ConnectionRow) => db.prisma.saasConnection.updateMany({ data })

  return {
    stages,
    saas,
    intake,
    shopId,
    say,
    setConnection,
    deliver: (more = {}) => runOut(shopId, laneOptions(stages, more)),
    connection: () => db.prisma.saasConnection.findFirstOrThrow({ where: { shopId } }),
    async states() {
      const rows = await db.query<{ state: string; count: number }>(
        `SELECT "state", count(*)::int AS count FROM "SyncRecord" GROUP BY 1`,
      )
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
    async beginAnew(connection = {}) {
      saas.behave(takes())
      saas.calls.length = 0
      await db.query(`TRUNCATE "SyncRecord" CASCADE`)
      await db.query(`DELETE FROM pgboss.job`)
      await db.query(`UPDATE "SaasConnection" SET "breaker" = NULL`)
      await setConnection({ ...WELL, batchLimitAskedAt: clock.now, ...connection })
    },
    async close() {
      await saas.stop()
      await stages.close()
    },
  }
}
