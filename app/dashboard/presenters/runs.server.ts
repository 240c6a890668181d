import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { READING_ORDER } from '~/contracts/store-reader'
import { type Database } from '~/db.server'
import { progressOf, type ResourceProgress } from '../run-progress'
import { type ShopScope } from './scope.server'

/** The runs that look through a store, or at what the SaaS holds of it. */
const StoreRunKind = z.enum(['backfill', 'deep-reconciliation', 'reconciliation', 'digest', 'removal'])
export type StoreRunKind = z.infer<typeof StoreRunKind>

/** The others are noted when they are over. */
const LongRunKind = StoreRunKind.exclude(['reconciliation', 'digest', 'removal'])
const OpenState = z.enum(['waiting', 'running', 'asking'])
const EndState = z.enum(['finished', 'failed', 'cancelled'])

/** A look at all records that is under way. */
export interface ReevaluationView {
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

/** A run through the store that is under way. */
export interface StoreRunView {
  id: string
  kind: z.infer<typeof LongRunKind>
  state: z.infer<typeof OpenState>
  /** Whether all is read, and it looks for what is gone from the store. */
  isEnding: boolean
  /** Why it cannot come to its end now, in words; null while it can. */
  rests: string | null
  /** What it has found so far, or asks, in words. */
  words: string | null
  /** How many records it would delete; null where it does not look for that. */
  gone: number | null
  progress: ResourceProgress[]
}

/** A run through the store that has ended. */
export interface EndedRunView {
  id: string
  kind: StoreRunKind
  state: z.infer<typeof EndState>
  /** ISO 8601. */
  endedAt: string
  /** What it compared, found and repaired, in words. */
  words: string | null
}

/** The runs of a shop, as the Overview shows them. */
export interface RunsView {
  reevaluations: ReevaluationView[]
  /** Those that are under way, the oldest first. */
  open: StoreRunView[]
  /** The last of each kind that has ended, the newest first. */
  ended: EndedRunView[]
}

/** Reads the runs of a shop. */
export async function presentRuns(db: Database, scope: ShopScope, now: Date): Promise<RunsView> {
  const [open, ended] = await Promise.all([findOpen(db, scope), findEnded(db, scope)])
  return {
    reevaluations: open.filter(({ kind }) => kind === 're-evaluation').map(toReevaluation),
    open: open.filter(({ kind }) => kind !== 're-evaluation').map((run) => toStoreRun(run, now)),
    ended,
  }
}

type OpenRow = Awaited<ReturnType<typeof findOpen>>[number]

function findOpen({ prisma }: Database, { sourceIds }: ShopScope) {
  return prisma.syncRun.findMany({
    where: {
      sourceConnectionId: { in: sourceIds },
      kind: { in: ['re-evaluation', ...LongRunKind.options] },
      endedAt: null,
    },
    include: { slices: { orderBy: { ordinal: 'asc' } } },
    orderBy: { startedAt: 'asc' },
  })
}

function toReevaluation({ id, resource, done, total, changed, detail }: OpenRow): ReevaluationView {
  return {
    id,
    resource: resource === null ? null : Resource.parse(resource),
    done,
    total,
    changed,
    reason: detail,
  }
}

const Slice = z.object({
  resource: z.enum(READING_ORDER),
  state: z.enum(['waiting', 'exporting', 'reading', 'finished', 'failed', 'skipped', 'cancelled']),
})

function toStoreRun({ id, kind, state, detail, rests, gone, slices }: OpenRow, now: Date): StoreRunView {
  const views = slices.map((slice) => ({
    ...Slice.parse(slice),
    records: slice.records,
    read: slice.readRecords,
    startedAt: slice.startedAt,
    words: slice.code !== null || slice.state === 'skipped' ? slice.detail : null,
  }))
  return {
    id,
    kind: LongRunKind.parse(kind),
    state: OpenState.parse(state),
    isEnding: isLookingForGone({ kind, state }, slices),
    rests: state === 'running' ? rests : null,
    words: detail,
    gone,
    progress: progressOf(views, now),
  }
}

function isLookingForGone(
  { kind, state }: Pick<OpenRow, 'kind' | 'state'>,
  slices: OpenRow['slices'],
): boolean {
  return (
    kind === 'deep-reconciliation' && state === 'running' && slices.every(({ endedAt }) => endedAt !== null)
  )
}

const EndedRow = z.object({
  id: z.string(),
  kind: StoreRunKind,
  state: EndState,
  endedAt: z.date(),
  words: z.string().nullable(),
})

/** Kind by kind, so that the few backfills are found at once behind the many reconciliations. */
async function findEnded(db: Database, { sourceIds }: ShopScope): Promise<EndedRunView[]> {
  const rows = await db.query(
    `SELECT DISTINCT ON (r."kind") r."id", r."kind", r."state", r."endedAt", r."detail" AS "words"
     FROM unnest($1::uuid[]) AS source(id) CROSS JOIN unnest($2::text[]) AS each(kind) CROSS JOIN LATERAL (
       SELECT * FROM "SyncRun" WHERE "sourceConnectionId" = source.id AND "kind" = each.kind AND "endedAt" IS NOT NULL
       ORDER BY "endedAt" DESC LIMIT 1
     ) r
     ORDER BY r."kind", r."endedAt" DESC`,
    [sourceIds, StoreRunKind.options],
  )
  return rows
    .map((row) => EndedRow.parse(row))
    .map(({ endedAt, ...run }) => ({ ...run, endedAt: endedAt.toISOString() }))
    .sort((a, b) => b.endedAt.localeCompare(a.endedAt))
}
