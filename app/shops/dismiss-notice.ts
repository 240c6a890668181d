import { type Notice } from '../contracts/notice'
import { type Sql } from '../db.server'

/** Notes that a shop does not want to see a notice again. A second time changes nothing. */
export async function dismissNotice(sql: Sql, shopId: string, notice: Notice, now: Date): Promise<void> {
  await sql.query(
    `INSERT INTO "Dismissal" ("shopId", "notice", "dismissedAt") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [shopId, notice, now],
  )
}

/** Forgets all that a shop has dismissed. */
export async function forgetDismissals(sql: Sql, shopId: string): Promise<void> {
  await sql.query(`DELETE FROM "Dismissal" WHERE "shopId" = $1`, [shopId])
}
