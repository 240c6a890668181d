import { type Database } from '../../app/db.server'
import { type Queue } from '../../app/jobs/queue.server'
import { type Sealer } from '../../app/lib/sealing'
import { ensureShops } from '../../app/shops/ensure-shops'
import { type SaasDefaults } from '../../app/shops/saas-defaults'

const DEFAULTS: SaasDefaults = {
  kind: 'built_in',
  address: null,
  dialect: 'unified',
  piiPolicy: 'full',
  state: 'connected',
  stateReason: null,
}

/** Sets a store up as the first webhook of it does, which starts its first backfill. @returns its source connection, and that run */
export async function installStore(
  store: string,
  { db, queue, sealer }: { db: Database; queue: Queue; sealer: Sealer },
): Promise<{ sourceConnectionId: string; runId: string }> {
  const issueReceiverKey = () => Promise.resolve('bench')
  const options = { defaults: DEFAULTS, sealer, queue, issueReceiverKey, now: new Date() }
  const shops = await db.transaction((tx) => ensureShops(tx, [store], options))
  const { sourceConnectionId } = shops.get(store)!.context
  const [run] = await db.query<{ id: string }>(`SELECT "id" FROM "SyncRun" WHERE "sourceConnectionId" = $1`, [
    sourceConnectionId,
  ])
  return { sourceConnectionId, runId: run!.id }
}
