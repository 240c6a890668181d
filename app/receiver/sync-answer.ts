import { type Counts } from './sync-log'
import { type SyncAnswer } from './wire'

/** What an answer about records carries: the stale ones and the reason for skipping only where there are any. */
export function toSyncAnswer(syncLogId: string, counts: Counts, message?: string): SyncAnswer['data'] {
  return {
    syncedCount: counts.synced,
    skippedCount: counts.skipped,
    ...(counts.stale > 0 && { staleCount: counts.stale }),
    syncLogId,
    ...(message !== undefined && { message }),
  }
}
