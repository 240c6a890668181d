import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { findRun, type RunOfShop, runRefusal } from './find-run'

/** Lets a run delete what it has asked about. @throws ParityError `RUN_MISSING` or `RUN_NOT_ASKING`; nothing is changed then */
export async function confirmDeletions(
  tx: Sql,
  run: RunOfShop,
  { queue, now }: { queue: Queue; now: Date },
): Promise<void> {
  await goOn(tx, run, `"confirmedAt" = $2`, now)
  await queue.send('workRun', [{ runId: run.runId }], tx)
}

/** Has a run keep what it has asked about. @throws ParityError `RUN_MISSING` or `RUN_NOT_ASKING`; nothing is changed then */
export async function declineDeletions(tx: Sql, run: RunOfShop, { queue }: { queue: Queue }): Promise<void> {
  await goOn(tx, run, `"detail" = concat_ws(' ', "detail", $2::text)`, 'A person decided to keep them.')
  await tx.query(`UPDATE "RunSighting" SET "isGone" = false WHERE "runId" = $1 AND "isGone"`, [run.runId])
  await queue.send('workRun', [{ runId: run.runId }], tx)
}

/** A run that asked goes on, with the answer written down. */
async function goOn(tx: Sql, run: RunOfShop, answer: string, value: Date | string): Promise<void> {
  await findRun(tx, run)
  const answered = await tx.query(
    `UPDATE "SyncRun" SET "state" = 'running', ${answer} WHERE "id" = $1 AND "state" = 'asking' RETURNING "id"`,
    [run.runId, value],
  )
  if (answered.length === 0) throw runRefusal('RUN_NOT_ASKING')
}
