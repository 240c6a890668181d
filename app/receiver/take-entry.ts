import { type Call, type Tools } from './endpoint'
import { type Entry } from './entry'
import { NOTHING, writeLog } from './sync-log'
import { eventsOf } from './tables'
import { type Fate, upsertLogged } from './upsert'

/**
 * Stores one event, with its sync log entry.
 *
 * @throws whatever the database throws, after the sync log has it
 */
export async function takeEntry(
  { tenant }: Call,
  { db, clock }: Tools,
  entry: Entry,
): Promise<{ fate: Fate; syncLogId: string }> {
  try {
    return await upsertLogged(db, tenant, entry, clock())
  } catch (error) {
    const failed = { status: 'failed', counts: NOTHING, error: 'The event could not be stored.' } as const
    await writeLog(db, tenant.storeId, { syncType: eventsOf(entry.resource), ...failed, now: clock() }).catch(
      () => undefined,
    )
    throw error
  }
}
