import { z } from 'zod'
import { Removals } from '~/contracts/removals'
import { Resource } from '~/contracts/resource'
import { READING_ORDER, type ReadableResource } from '~/contracts/store-reader'
import { type Database } from '~/db.server'
import { countRecords, type RecordCount } from '~/records/count-records'
import { leftThere, type LeftThere } from '~/records/left-there'
import { presentReach } from './reach.server'
import { presentRemovals, type RemovalView } from './removals.server'
import { type ShopScope } from './scope.server'

/** A resource that can be mirrored. */
export interface MirrorChoice {
  resource: ReadableResource
  /** How many of its records are known. */
  known: number
  /** Why not all of it can be read in the store, in words; null when all can. */
  words: string | null
}

/** What the SaaS still has of a resource that is not mirrored. */
export interface LeftView extends LeftThere {
  resource: Resource
  /** When a person last had it removed, ISO 8601; null when nobody did. */
  removedAt: string | null
}

/** What a shop mirrors, and what could be removed. */
export interface MirrorView {
  choices: MirrorChoice[]
  selected: ReadableResource[]
  includeTestOrders: boolean
  /** Whether records are being looked at after a change: what is left cannot be said yet. */
  isSettling: boolean
  left: LeftView[]
  removals: RemovalView[]
}

const Selection = z.object({
  resources: z.array(Resource),
  includeTestOrders: z.boolean(),
  removals: Removals,
})

/** Reads what a shop mirrors; null while it has no connection. */
export async function presentMirror(db: Database, scope: ShopScope): Promise<MirrorView | null> {
  const [connection, counts, reach, removals, isSettling] = await Promise.all([
    db.prisma.saasConnection.findUnique({ where: { shopId: scope.shopId } }),
    countRecords(db, scope.sourceIds),
    presentReach(db, scope),
    presentRemovals(db, scope),
    findSettling(db, scope),
  ])
  if (!connection) return null
  const { resources, includeTestOrders, removals: removed } = Selection.parse(connection)
  const words = new Map(reach.map((one) => [one.resource, one.words]))
  return {
    choices: READING_ORDER.map((resource) => ({
      resource,
      known: sumOf(ofResource(counts, resource)),
      words: words.get(resource) ?? null,
    })),
    selected: READING_ORDER.filter((resource) => resources.includes(resource)),
    includeTestOrders,
    isSettling,
    left: Resource.options
      .filter((resource) => !resources.includes(resource))
      .map((resource) => ({
        resource,
        removedAt: removed[resource] ?? null,
        ...leftThere(ofResource(counts, resource)),
      }))
      .filter(({ onTheWay, failed, kept }) => onTheWay + failed + kept > 0),
    removals,
  }
}

async function findSettling({ prisma }: Database, { sourceIds }: ShopScope): Promise<boolean> {
  const run = await prisma.syncRun.findFirst({
    where: { sourceConnectionId: { in: sourceIds }, kind: 're-evaluation', endedAt: null },
    select: { id: true },
  })
  return run !== null
}

function ofResource(counts: RecordCount[], resource: Resource): RecordCount[] {
  return counts.filter((one) => one.resource === resource)
}

function sumOf(counts: RecordCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}
