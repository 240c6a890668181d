import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { cancelReading } from './cancel-reading'
import { findRun, type RunOfShop, runRefusal } from './find-run'

/** Cancels a run that is under way or asks. @throws ParityError `RUN_MISSING` or `RUN_ENDED`; nothing is changed then */
export async function cancelRun(
  tx: Sql,
  run: RunOfShop,
  { queue, now }: { queue: Queue; now: Date },
): Promise<void> {
  await findRun(tx, run)
  const cancelled = await cancelReading(tx, run, 'A person cancelled it. What had been read is kept.', now)
  if (cancelled.length === 0) throw runRefusal('RUN_ENDED')
  await queue.send('workRun', [{ runId: run.runId }], tx)
}
