import { Missed } from '../contracts/missed'
import { type ReadableResource, type Selection } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type ReadingKind } from '../shops/start-reading'

/** Where a run is: under way until it is `finished`, `failed` or `cancelled`; `asking` waits for a person. */
export type RunState = 'waiting' | 'running' | 'asking' | 'finished' | 'failed' | 'cancelled'
/** Where a slice is: it waits for its export, for the store to write it, and is read; or it has ended. */
export type SliceState = 'waiting' | 'exporting' | 'reading' | 'finished' | 'failed' | 'skipped' | 'cancelled'

/** A run that reads a store. */
export interface Run {
  id: string
  sourceConnectionId: string
  shopId: string
  /** The store as its platform names it. */
  store: string
  kind: ReadingKind
  state: RunState
  startedAt: Date
  /** When a person confirmed what it had asked about; null while nobody did. */
  confirmedAt: Date | null
  /** Whether it asks again about what a person decided to keep before. */
  asksAgain: boolean
  /** Why it cannot come to its end now, in words for a person; null while it can. */
  rests: string | null
  /** How many records turned out to differ from what was known. */
  changed: number
  /** How many records were gone from the store and have been deleted; null where it has not looked for that. */
  gone: number | null
  /** What it has found that no webhook had told of; null for nothing. */
  missed: Missed | null
  /** Whether it still has sightings. */
  hasSightings: boolean
  /** Up to where the records that it might have missed are accounted for; null while none are. */
  cursor: string | null
  slices: Slice[]
}

/** A part of a run. Numbers that may outgrow 32 bits come from the driver as text. */
export interface Slice extends Selection {
  id: string
  state: SliceState
  exportId: string | null
  takenAt: string | null
  records: number | null
  objects: string | null
  readRecords: number
  readObjects: string
  changed: number
  faulty: number
  cursor: string
  tries: number
  dueAt: Date | null
  /** The stable code of what went wrong last; null after a page that was stored. */
  code: string | null
  detail: string | null
}

/** A run as it is now, with its slices in order; null when it is not there, or its shop has no connection. */
export async function readRun(sql: Sql, runId: string): Promise<Run | null> {
  const [[run], slices] = await Promise.all([
    sql.query<Omit<Run, 'slices'>>(
      `SELECT r."id", r."sourceConnectionId", o."shopId", o."account" AS "store", r."kind", r."state", r."startedAt", r."confirmedAt", r."asksAgain", r."rests", r."changed", r."gone", r."missed", r."cursor",
              EXISTS (SELECT 1 FROM "RunSighting" s WHERE s."runId" = r."id") AS "hasSightings"
       FROM "SyncRun" r JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId" JOIN "SaasConnection" c ON c."shopId" = o."shopId"
       WHERE r."id" = $1`,
      [runId],
    ),
    sql.query<Slice & { [column: string]: unknown }>(
      `SELECT "id", "resource", "createdFrom", "createdUntil", "updatedFrom", "state", "exportId", "takenAt", "records", "objects",
              "readRecords", "readObjects", "changed", "faulty", "cursor", "tries", "dueAt", "code", "detail"
       FROM "SyncSlice" WHERE "runId" = $1 ORDER BY "ordinal"`,
      [runId],
    ),
  ])
  return run ? { ...run, missed: Missed.nullable().parse(run.missed), slices } : null
}

/** Whether nothing is to be done for a slice any more. */
export function hasEnded({ state }: Pick<Slice, 'state'>): boolean {
  return state === 'finished' || state === 'failed' || state === 'skipped' || state === 'cancelled'
}

/** Whether a slice has all in its bounds read, and not only what changed since a time: that tells nothing of the others. */
export function isWhole({ updatedFrom }: Pick<Slice, 'updatedFrom'>): boolean {
  return updatedFrom === null
}

/** The resources that a run has read as far as they can be read, those that were read first before the others. */
export function readResources({ slices }: Pick<Run, 'slices'>): ReadableResource[] {
  const whole = slices.filter(isWhole)
  const read = whole.filter(({ state }) => state === 'finished').map(({ resource }) => resource)
  const failed = whole
    .filter(({ state }) => state === 'failed' || state === 'cancelled')
    .map(({ resource }) => resource)
  return [...new Set(read)].filter((resource) => !failed.includes(resource))
}
