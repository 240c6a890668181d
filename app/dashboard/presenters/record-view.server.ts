import { type SyncRecord } from '@prisma/client'
import { Resource } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { isDismissed } from '~/records/dismissal'
import { type ShopScope } from './scope.server'

/** A record, as the page of an event or an attempt shows it. */
export interface RecordView {
  id: string
  resource: Resource
  externalId: string
  state: RecordState
  /** Why it is in that state, in words. */
  reason: string | null
  /** ISO 8601; null when the SaaS has not taken it yet. */
  deliveredAt: string | null
  /** When the next try is due, ISO 8601; null when none is. */
  dueAt: string | null
  /** Whether a person can send it again now. */
  canBeSent: boolean
}

/** A record of the shop; null when there is none of that id. */
export async function presentRecord(
  db: Database,
  scope: ShopScope,
  id: string | null,
): Promise<RecordView | null> {
  if (id === null) return null
  const row = await db.prisma.syncRecord.findFirst({
    where: { id, sourceConnectionId: { in: scope.sourceIds } },
  })
  return row && viewOf(row)
}

function canBeSent({ state, reason, desiredHash, dismissedHash }: SyncRecord): boolean {
  const row = { state: RecordState.parse(state), reason, dismissedHash }
  if (desiredHash === null || row.state === 'delivering') return false
  return row.state !== 'excluded' || isDismissed(row, desiredHash)
}

/** A record as a page shows it. */
export function viewOf(row: SyncRecord): RecordView {
  return {
    id: row.id,
    resource: Resource.parse(row.resource),
    externalId: row.externalId,
    state: RecordState.parse(row.state),
    reason: row.reason ?? row.lastError,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    dueAt: row.state === 'retrying' || row.state === 'held' ? (row.dueAt?.toISOString() ?? null) : null,
    canBeSent: canBeSent(row),
  }
}
