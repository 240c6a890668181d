import { type Sql } from '../db.server'
import { notifyDue } from '../jobs/due-signal.server'
import { findDueShops } from '../shops/find-due-shops'

/** Signals every shop that has something due: ended waits, leases that ran out, lost signals, probes. @returns how many */
export async function sweep(sql: Sql, now: Date): Promise<number> {
  const shopIds = await findDueShops(sql, now)
  await notifyDue(sql, shopIds)
  return shopIds.length
}
