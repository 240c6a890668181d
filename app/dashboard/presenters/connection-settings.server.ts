import { DialectName, type Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { countRecords } from '~/records/count-records'
import { type SaasDefaults } from '~/shops/saas-defaults'
import { countByResource, underWay } from '../parity'
import { type ConnectionView, presentConnection } from './connection.server'
import { type ShopScope } from './scope.server'

/** Where records go: nowhere while no SaaS is connected. */
export type ConnectedPlace = 'none' | 'built_in' | 'environment' | 'own'

/** What the page of the connection shows. Never a key. */
export interface ConnectionSettings {
  /** When this was read, ISO 8601. */
  now: string
  connection: ConnectionView
  place: ConnectedPlace
  /** The address that the merchant typed last; empty where there is none. */
  address: string
  dialect: DialectName
  /** Whether a key of the merchant's is set for that address. */
  hasKey: boolean
  /** The host that the operator's environment offers; null where it offers none. */
  environmentHost: string | null
  concurrency: number
  callsPerSecond: number | null
  /** What another SaaS would be sent. */
  toSend: { resource: Resource; count: number }[]
}

/** How a shop is connected; null when it has no connection. */
export async function presentConnectionSettings(
  db: Database,
  scope: ShopScope,
  defaults: SaasDefaults,
  clock: Clock,
): Promise<ConnectionSettings | null> {
  const [row, connection, counts] = await Promise.all([
    db.prisma.saasConnection.findUnique({ where: { shopId: scope.shopId } }),
    presentConnection(db, scope),
    countRecords(db, scope.sourceIds),
  ])
  if (!row || !connection) return null

  const isOwn = row.kind === 'merchant'
  return {
    now: clock().toISOString(),
    connection,
    place: placeOf(row),
    address: isOwn ? (row.address ?? '') : '',
    dialect: DialectName.parse(row.dialect),
    hasKey: isOwn && row.sealedKey !== null,
    environmentHost: hostOf(defaults),
    concurrency: row.concurrency,
    callsPerSecond: row.callsPerSecond,
    toSend: countByResource(counts, connection.resources)
      .map((each) => ({ resource: each.resource, count: each.inStep + underWay(each) + each.failed }))
      .filter(({ count }) => count > 0),
  }
}

function placeOf({ kind, state }: { kind: string; state: string }): ConnectedPlace {
  if (state === 'not_connected') return 'none'
  if (kind === 'merchant') return 'own'
  return kind === 'environment' ? 'environment' : 'built_in'
}

function hostOf({ kind, state, address }: SaasDefaults): string | null {
  if (kind !== 'environment' || state !== 'connected' || address === null) return null
  return new URL(address).host
}
