import { z } from 'zod'
import { type Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { DAY_MS } from '~/lib/time'
import { type ConnectionView } from './connection.server'
import { type ShopScope } from './scope.server'

/** For how long the list says that all is done, before it goes by itself. */
const SHOWN_WHEN_DONE_MS = DAY_MS

/** The first steps of a merchant, and which of them are done. */
export interface Onboarding {
  isConnected: boolean
  /** What is mirrored; nothing when that is still to be chosen. */
  mirrored: Resource[]
  isSynced: boolean
}

const Row = z.object({ firstAt: z.date().nullable() })

/** When all of the store had been brought in for the first time; null when it has not been yet. */
export async function findFirstSync(db: Database, { sourceIds }: ShopScope): Promise<Date | null> {
  const [row] = await db.query(
    `SELECT min("endedAt") AS "firstAt" FROM "SyncRun"
     WHERE "sourceConnectionId" = ANY ($1::uuid[]) AND "kind" IN ('backfill', 'deep-reconciliation') AND "state" = 'finished'`,
    [sourceIds],
  )
  return Row.parse(row).firstAt
}

interface Beginning {
  connection: ConnectionView | null
  firstSyncAt: Date | null
  dismissed: ReadonlySet<string>
  now: Date
}

/** The first steps; null when a person has put them away, or when the last of them was done a day ago. */
export function onboardingOf({ connection, firstSyncAt, dismissed, now }: Beginning): Onboarding | null {
  if (dismissed.has('onboarding')) return null
  const steps = {
    isConnected: connection !== null && connection.state !== 'not_connected',
    mirrored: connection?.resources ?? [],
    isSynced: firstSyncAt !== null,
  }
  const isDone = steps.isConnected && steps.mirrored.length > 0 && firstSyncAt !== null
  return isDone && now.getTime() - firstSyncAt.getTime() > SHOWN_WHEN_DONE_MS ? null : steps
}
