import { type AlertChannel } from '~/contracts/incident'
import { type Database } from '~/db.server'
import { type ConnectionView, presentConnection } from './connection.server'
import { type ShopScope } from './scope.server'

/** What is set in each section of the settings, as far as one line tells it. */
export interface SettingsSummary {
  /** Null while the shop has none. */
  connection: Pick<ConnectionView, 'address' | 'state' | 'pausedAt' | 'resources' | 'piiPolicy'> | null
  /** How people are told when something is wrong. */
  alertsBy: AlertChannel[]
}

/** What a shop has set, section by section. */
export async function presentSettings(db: Database, scope: ShopScope): Promise<SettingsSummary> {
  const [view, alerts] = await Promise.all([
    presentConnection(db, scope),
    db.prisma.alertSettings.findUnique({ where: { shopId: scope.shopId } }),
  ])
  const ways: [AlertChannel, unknown][] = [
    ['email', alerts?.email],
    ['webhook', alerts?.webhookUrl],
  ]
  const alertsBy = ways.filter(([, where]) => where).map(([by]) => by)
  if (!view) return { connection: null, alertsBy }
  const { address, state, pausedAt, resources, piiPolicy } = view
  return { connection: { address, state, pausedAt, resources, piiPolicy }, alertsBy }
}
