import { type Database } from '~/db.server'
import { type ConnectionView, presentConnection } from './connection.server'
import { type ShopScope } from './scope.server'

/** What is set in each section of the settings, as far as one line tells it. */
export interface SettingsSummary {
  /** Null while the shop has none. */
  connection: Pick<ConnectionView, 'address' | 'state' | 'pausedAt' | 'resources' | 'piiPolicy'> | null
}

/** What a shop has set, section by section. */
export async function presentSettings(db: Database, scope: ShopScope): Promise<SettingsSummary> {
  const view = await presentConnection(db, scope)
  if (!view) return { connection: null }
  const { address, state, pausedAt, resources, piiPolicy } = view
  return { connection: { address, state, pausedAt, resources, piiPolicy } }
}
