import { DialectName, PiiPolicy, Resource } from '~/contracts/resource'
import { ConnectionState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type ShopScope } from './scope.server'

/** A shop's link to its SaaS, as the pages show it. */
export interface ConnectionView {
  id: string
  state: ConnectionState
  stateReason: string | null
  /** When a person paused it, ISO 8601; null when nobody did. */
  pausedAt: string | null
  /** `built_in`, or the host of the address; null when there is no address. */
  address: { kind: 'built_in' } | { kind: 'host'; host: string } | null
  dialect: DialectName
  piiPolicy: PiiPolicy
  resources: Resource[]
  /** ISO 8601; null when the SaaS has taken nothing yet. */
  lastDeliveredAt: string | null
}

/** The connection of a shop; null when it has none. */
export async function presentConnection(db: Database, scope: ShopScope): Promise<ConnectionView | null> {
  const row = await db.prisma.saasConnection.findUnique({ where: { shopId: scope.shopId } })
  if (!row) return null

  return {
    id: row.id,
    state: ConnectionState.parse(row.state),
    stateReason: row.stateReason,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    address: addressOf(row.kind, row.address),
    dialect: DialectName.parse(row.dialect),
    piiPolicy: PiiPolicy.parse(row.piiPolicy),
    resources: row.resources.map((resource) => Resource.parse(resource)),
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
  }
}

// Only the host is shown: a path or a query of an address can hold a secret.
function addressOf(kind: string, address: string | null): ConnectionView['address'] {
  if (kind === 'built_in') return { kind: 'built_in' }
  return address !== null && URL.canParse(address) ? { kind: 'host', host: new URL(address).host } : null
}
