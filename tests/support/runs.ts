import { type RunPorts } from '~/backfill/run-ports'
import { type Clock } from '~/lib/time'
import { makeRows, type ShopRows } from './rows'
import { type Stages } from './stages'
import { scriptStore, type ScriptedStore } from './store'

/** A shop, the store that it is read from, and what reading it is done with. */
export interface ScriptedRuns {
  shop: ShopRows
  store: ScriptedStore
  ports: RunPorts
}

/** Begins anew with one shop and an empty store of it. */
export async function scriptRuns(
  stages: Stages,
  clock: Clock = () => stages.clock.now,
): Promise<ScriptedRuns> {
  await stages.db.query(`TRUNCATE "Session", "Shop", "WebhookEvent" CASCADE`)
  const shop = await makeRows(stages.db).shop('tea.myshopify.com')
  const store = scriptStore(clock)
  return { shop, store, ports: { ...stages, clock, readers: () => store } }
}
