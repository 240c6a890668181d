import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { type Queue } from '../jobs/queue.server'
import { noConnection } from './no-connection'

/**
 * Stops sending to a shop's SaaS until a person resumes: what changes meanwhile is acknowledged, coalesced and held. A call that is
 * under way is finished. A second pause changes nothing.
 *
 * @throws ParityError `CONNECTION_MISSING` when the shop has no connection; nothing is changed then
 */
export async function pauseConnection(tx: Sql, shopId: string, queue: Queue, now: Date): Promise<void> {
  if (!(await lockPause(tx, shopId)).isPaused) {
    await tx.query(`UPDATE "SaasConnection" SET "pausedAt" = $2, "updatedAt" = $2 WHERE "shopId" = $1`, [
      shopId,
      now,
    ])
    await passOn(tx, shopId, queue)
  }
}

/**
 * Sends again to a shop's SaaS. Where its gate is closed because the SaaS refused or did not answer, one record is tried at once.
 * Resuming what is not paused changes nothing.
 *
 * @throws ParityError `CONNECTION_MISSING` when the shop has no connection; nothing is changed then
 */
export async function resumeConnection(tx: Sql, shopId: string, queue: Queue, now: Date): Promise<void> {
  if ((await lockPause(tx, shopId)).isPaused) {
    await tx.query(
      `UPDATE "SaasConnection" SET "pausedAt" = NULL, "updatedAt" = $2,
              "probeAt" = CASE WHEN "probeAt" IS NOT NULL THEN $2::timestamptz END
       WHERE "shopId" = $1`,
      [shopId, now],
    )
    await passOn(tx, shopId, queue)
  }
}

async function lockPause(tx: Sql, shopId: string): Promise<{ isPaused: boolean }> {
  const [row] = await tx.query<{ isPaused: boolean }>(
    `SELECT "pausedAt" IS NOT NULL AS "isPaused" FROM "SaasConnection" WHERE "shopId" = $1 FOR NO KEY UPDATE`,
    [shopId],
  )
  if (!row) throw noConnection()
  return row
}

/** The records are to stand where their connection now is, and its lane is to look. */
async function passOn(tx: Sql, shopId: string, queue: Queue): Promise<void> {
  await queue.send('alignHeld', [{ shopId }], tx)
  await notifyDue(tx, [shopId])
}
