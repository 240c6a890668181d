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

/**
 * Has a run keep what it has asked about. The comparisons of every day leave it alone from now on, until something newer is heard of a record;
 * one that a person starts asks again.
 *
 * @throws ParityError `RUN_MISSING` or `RUN_NOT_ASKING`; nothing is changed then
 */
export async function declineDeletions(
  tx: Sql,
  run: RunOfShop,
  { queue, now }: { queue: Queue; now: Date },
): Promise<void> {
  await goOn(tx, run, `"detail" = concat_ws(' ', "detail", $2::text)`, 'A person decided to keep them.')
  await keepGone(tx, run, now)
  await tx.query(`UPDATE "RunSighting" SET "isGone" = false WHERE "runId" = $1 AND "isGone"`, [run.runId])
  await queue.send('workRun', [{ runId: run.runId }], tx)
}

/** Remembers what has been decided of the records as they are known now. */
async function keepGone(tx: Sql, { runId }: RunOfShop, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO "KeptRecord" ("sourceConnectionId", "resource", "externalId", "desiredUpdatedAt", "desiredTriggeredAt", "keptAt")
     SELECT d."sourceConnectionId", d."resource", d."externalId", d."desiredUpdatedAt", d."desiredTriggeredAt", $2
     FROM "SyncRun" r JOIN "RunSighting" s ON s."runId" = r."id" AND s."isGone"
     JOIN "SyncRecord" d ON d."sourceConnectionId" = r."sourceConnectionId" AND d."resource" = s."resource" AND d."externalId" = s."externalId"
     WHERE r."id" = $1
     ON CONFLICT ("sourceConnectionId", "resource", "externalId") DO UPDATE SET
       "desiredUpdatedAt" = EXCLUDED."desiredUpdatedAt", "desiredTriggeredAt" = EXCLUDED."desiredTriggeredAt", "keptAt" = EXCLUDED."keptAt"`,
    [runId, now],
  )
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
