import { type AlertChannel } from '../contracts/incident'
import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { makeNotices } from './make-notices'

/** How long after one test the next can be made: an address that somebody has typed may be another's. */
const PAUSE_MS = 60_000

/**
 * Makes a notice that is about nothing for each way in which a shop wants to be told. @returns the ways
 *
 * @throws ParityError `ALERT_TESTED` when that was done less than a minute ago
 */
export async function makeTest(tx: Sql, shopId: string, now: Date): Promise<AlertChannel[]> {
  await tx.query(`SELECT 1 FROM "Shop" WHERE "id" = $1 FOR NO KEY UPDATE`, [shopId])
  const recent = await tx.query(
    `SELECT 1 FROM "AlertNotice" WHERE "shopId" = $1 AND "madeAt" > $2 AND "subject" = 'test' LIMIT 1`,
    [shopId, new Date(now.getTime() - PAUSE_MS)],
  )
  if (recent.length > 0) throw tooSoon()
  return makeNotices(tx, shopId, { incidentId: null, subject: 'test' }, now)
}

function tooSoon(): ParityError {
  const words = 'A test alert was sent less than a minute ago. Wait a moment, and try again.'
  return new ParityError('ALERT_TESTED', { message: words, userMessage: words })
}
