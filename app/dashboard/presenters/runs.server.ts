import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type ShopScope } from './scope.server'

/** A look at all records that is under way. */
export interface RunView {
  id: string
  /** Null for all resources. */
  resource: Resource | null
  /** How many records it has looked at, and will; null while they are not counted. */
  done: number
  total: number | null
  /** For how many of them there was something to do. */
  changed: number
  /** Why it was started, in words. */
  reason: string | null
}

/** The re-evaluations of a shop that are under way, the oldest first. */
export async function presentOpenRuns(db: Database, scope: ShopScope): Promise<RunView[]> {
  const rows = await db.prisma.syncRun.findMany({
    where: {
      sourceConnectionId: { in: scope.sourceIds },
      kind: 're-evaluation',
      state: { in: ['waiting', 'running'] },
    },
    orderBy: { startedAt: 'asc' },
  })
  return rows.map(({ id, resource, done, total, changed, detail }) => ({
    id,
    resource: resource === null ? null : Resource.parse(resource),
    done,
    total,
    changed,
    reason: detail,
  }))
}
