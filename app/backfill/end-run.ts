import { lockReading } from '../shops/start-reading'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'

/** Ends a run, in words for a person; unless it has been given more to read meanwhile. */
export async function endRun(
  { id, sourceConnectionId, kind, slices }: Pick<Run, 'id' | 'sourceConnectionId' | 'kind' | 'slices'>,
  end: { state: 'finished' | 'failed'; words: string },
  { db, queue, clock, logger }: RunPorts,
): Promise<void> {
  const now = clock()
  const ended = await db.transaction(async (tx) => {
    // Nobody gives it more to read while it ends.
    await lockReading(tx, sourceConnectionId)
    const rows = await tx.query(
      `UPDATE "SyncRun" SET "state" = $2, "endedAt" = $3, "detail" = concat_ws(' ', "detail", $4::text),
              "gone" = CASE WHEN "kind" = 'deep-reconciliation' THEN COALESCE("gone", 0) END
       WHERE "id" = $1 AND "state" IN ('waiting', 'running') AND $5 = (SELECT count(*)::int FROM "SyncSlice" WHERE "runId" = $1)
       RETURNING "id"`,
      [id, end.state, now, end.words, slices.length],
    )
    if (rows.length > 0)
      await tx.query(
        `UPDATE "SyncSlice" SET "state" = 'cancelled', "endedAt" = $2, "dueAt" = NULL WHERE "runId" = $1 AND "endedAt" IS NULL`,
        [id, now],
      )
    // Where the store is compared, the SaaS is compared after it, also when something of the store could not be read.
    if (rows.length > 0 && kind === 'deep-reconciliation')
      await queue.send('compareDigest', [{ sourceConnectionId }], tx)
    return rows
  })
  if (ended.length > 0) logger.info({ runId: id, state: end.state }, 'run.ended')
}
