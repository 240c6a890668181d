import { type Database } from '~/db.server'
import { type ShopScope } from './scope.server'

/** At most so many open requests are shown. */
const SHOWN = 20

/** A privacy request that is open. */
export interface ComplianceView {
  id: string
  /** The topic that brought it. */
  kind: string
  customerExternalId: string | null
  /** ISO 8601. */
  dueAt: string
}

/** The open privacy requests of a shop, the earliest due first. */
export async function presentCompliance(db: Database, scope: ShopScope): Promise<ComplianceView[]> {
  const rows = await db.prisma.complianceRequest.findMany({
    where: { store: scope.domain, state: 'open' },
    orderBy: { dueAt: 'asc' },
    take: SHOWN,
  })
  return rows.map(({ id, kind, customerExternalId, dueAt }) => ({
    id,
    kind,
    customerExternalId,
    dueAt: dueAt.toISOString(),
  }))
}
