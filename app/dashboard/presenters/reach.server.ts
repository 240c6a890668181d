import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type ShopScope } from './scope.server'

/** What of a resource is out of reach of the app. */
export interface ReachView {
  resource: Resource
  /** Why not all of it can be read, in words; null when all can. */
  words: string | null
  /** Fields that the store withholds. */
  denied: string[]
}

/** What of a shop's stores is out of reach; empty when nothing is, or when it is not known yet. */
export async function presentReach({ prisma }: Database, { sourceIds }: ShopScope): Promise<ReachView[]> {
  const rows = await prisma.sourceReach.findMany({
    where: {
      sourceConnectionId: { in: sourceIds },
      OR: [{ reach: { not: 'all' } }, { deniedFields: { isEmpty: false } }],
    },
    orderBy: [{ sourceConnectionId: 'asc' }, { resource: 'asc' }],
  })
  return rows.map(({ resource, reach, reason, deniedFields }) => ({
    resource: Resource.parse(resource),
    words: reach === 'all' ? null : reason,
    denied: deniedFields,
  }))
}
