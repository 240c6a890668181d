import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { partsOfCause } from '~/records/cause'
import { type DeadGroup, findCauses } from '~/records/find-causes'
import { failureKind, type FailureKind } from '../failure-kind'
import { hideAddresses } from '../hide-addresses'
import { Instant } from './instant'
import { type ShopScope } from './scope.server'

/** How many groups are shown, and how many records of each. */
const GROUPS_SHOWN = 25
const LATEST_SHOWN = 3

/** What the Failures page shows. */
export interface Failures {
  /** When this was read, ISO 8601. */
  now: string
  /** How many records have failed in all. */
  total: number
  /** The groups with the most records first. */
  groups: FailureGroup[]
  /** How many groups are not shown. */
  more: number
}

/** The records of one resource that failed of the same. */
export interface FailureGroup {
  resource: Resource
  /** Names the cause in commands. */
  cause: string
  count: number
  kind: FailureKind
  /** The stable code; null where the group has several. */
  code: string | null
  /** What was said of all of them, without what differs; null where nothing was, or the group has several. */
  complaint: string | null
  /** The latest, with all that was said of each. */
  latest: FailedRecord[]
}

const FailedRecord = z.object({
  id: z.string(),
  resource: Resource,
  externalId: z.string(),
  /** What was said, in words. */
  words: z.string().transform(hideAddresses).nullable(),
  /** When it failed for good, ISO 8601. */
  diedAt: Instant.nullable(),
})
export type FailedRecord = z.infer<typeof FailedRecord>

const Example = FailedRecord.extend({ ordinal: z.number() })

/** Reads what has failed in a shop: the counts from where they are kept, and the latest of each group down an index. */
export async function presentFailures(db: Database, scope: ShopScope, clock: Clock): Promise<Failures> {
  const all = await findCauses(db, scope.sourceIds)
  const shown = all.slice(0, GROUPS_SHOWN)
  const examples = await latestOf(db, scope, shown)
  return {
    now: clock().toISOString(),
    total: all.reduce((sum, { count }) => sum + count, 0),
    groups: shown.map((group, index) => toGroup(group, examples.get(index) ?? [])),
    more: all.length - shown.length,
  }
}

function toGroup({ resource, cause, key, count }: DeadGroup, latest: FailedRecord[]): FailureGroup {
  const { code, complaint } = partsOfCause(cause)
  return { resource, cause: key, count, kind: failureKind(code), code, complaint, latest }
}

/** The latest records of each group, by the group's place. */
async function latestOf(
  db: Database,
  { sourceIds }: ShopScope,
  groups: DeadGroup[],
): Promise<Map<number, FailedRecord[]>> {
  const rows = await db.query(LATEST, [
    sourceIds,
    groups.map(({ resource }) => resource),
    groups.map(({ cause }) => cause),
    LATEST_SHOWN,
  ])
  const examples = new Map<number, FailedRecord[]>()
  for (const row of rows) {
    const { ordinal, ...record } = Example.parse(row)
    const known = examples.get(ordinal) ?? []
    if (known.length < LATEST_SHOWN) examples.set(ordinal, [...known, record])
  }
  return examples
}

const LATEST = `
  SELECT g.ordinal::int - 1 AS "ordinal", r."id", r."resource", r."externalId", COALESCE(r."lastError", r."reason") AS "words", r."diedAt"
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS g(resource, cause, ordinal) CROSS JOIN unnest($1::uuid[]) AS s(id)
  CROSS JOIN LATERAL (
    SELECT * FROM "SyncRecord"
    WHERE "sourceConnectionId" = s.id AND "resource" = g.resource AND "state" = 'dead' AND COALESCE("cause", '') = g.cause
    ORDER BY "diedAt" DESC LIMIT $4
  ) r ORDER BY g.ordinal, r."diedAt" DESC`
