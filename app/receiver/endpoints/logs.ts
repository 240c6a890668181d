import { success } from '../answer'
import { check, type Endpoint } from '../endpoint'
import { LogsAnswer, LogsQuery } from '../wire'

/** What was synced lately, newest first. */
export const logs: Endpoint = {
  method: 'GET',
  path: '/api/sync/logs',
  summary: 'The latest entries of the sync log, newest first.',
  access: 'tenant',
  query: LogsQuery,
  answer: LogsAnswer,
  refusals: ['VALIDATION_ERROR'],

  async handle({ query, tenant }, { db }) {
    const { limit } = check(LogsQuery, Object.fromEntries(query))
    const entries = await db.prisma.mirrorSyncLog.findMany({
      where: { storeId: tenant.storeId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: limit,
    })
    return success({
      logs: entries.map((entry) => ({
        id: entry.id,
        sync_type: entry.syncType,
        status: entry.status,
        synced_count: entry.syncedCount,
        skipped_count: entry.skippedCount,
        stale_count: entry.staleCount,
        error: entry.error,
        started_at: entry.startedAt,
        ended_at: entry.endedAt,
      })),
    })
  },
}
