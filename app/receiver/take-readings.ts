import { type Call, type Tools } from './endpoint'
import { type Reading } from './entry'
import { storeEntries } from './store-entries'
import { beginLog, type Counts, endLog, NOTHING } from './sync-log'
import { type BatchResult } from './wire'

/** How many reasons for skipping the sync log repeats. */
const NAMED_REASONS = 5

/** What became of several events: each one's result, in order, and the sync log entry that sums them up. */
export interface Taken {
  results: BatchResult[]
  counts: Counts
  /** The first reasons why records were not taken; null when all were. */
  error: string | null
  syncLogId: string
}

/**
 * Stores what could be read of several events, under one sync log entry that is `running` meanwhile.
 *
 * @throws whatever the database throws, after the sync log has it
 */
export async function takeReadings(
  call: Call,
  { db, clock }: Tools,
  syncType: string,
  readings: Reading[],
): Promise<Taken> {
  const { storeId } = call.tenant
  const syncLogId = await beginLog(db, storeId, syncType, clock())
  try {
    const results = await resultsOf(call, { db, clock }, readings)
    const taken = { results, counts: count(results), error: reasons(results), syncLogId }
    await endLog(db, storeId, syncLogId, { status: 'completed', ...taken, now: clock() })
    return taken
  } catch (error) {
    const end = { counts: NOTHING, error: 'The records could not be stored.', now: clock() }
    await endLog(db, storeId, syncLogId, { status: 'failed', ...end }).catch(() => undefined)
    throw error
  }
}

/** What an event comes to that is not to be stored. */
export function refused({ kind, message }: Exclude<Reading, { kind: 'entry' }>): BatchResult {
  return { status: kind === 'skipped' ? 'skipped' : 'error', code: 'VALIDATION_ERROR', message }
}

async function resultsOf(call: Call, { db, clock }: Tools, readings: Reading[]): Promise<BatchResult[]> {
  const entries = readings.flatMap((reading) => (reading.kind === 'entry' ? [reading.entry] : []))
  const fates = await storeEntries(db, call.tenant, entries, clock())
  return readings.map((reading) => (reading.kind === 'entry' ? fates.get(reading.entry)! : refused(reading)))
}

function count(results: BatchResult[]): Counts {
  const having = (...statuses: BatchResult['status'][]) =>
    results.filter(({ status }) => statuses.includes(status)).length
  return { synced: having('synced'), skipped: having('skipped', 'error'), stale: having('stale') }
}

function reasons(results: BatchResult[]): string | null {
  const messages = results.flatMap(({ message }) => message ?? [])
  return messages.length === 0 ? null : messages.slice(0, NAMED_REASONS).join('; ')
}
