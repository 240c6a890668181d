import { KEEP_BOUNDS, type KeepDays } from '../contracts/keep-days'
import { type Sql } from '../db.server'
import { FieldError } from '../lib/field-error'

/**
 * Sets for how long a shop has what it keeps, kept. What is older is forgotten when retention runs the next time.
 *
 * @throws FieldError `TOO_SMALL`, `TOO_LARGE`, or `LONGER_THAN_HISTORY` for bodies that would outlast their events; nothing is changed then
 */
export async function setKeepDays(sql: Sql, shopId: string, days: KeepDays, now: Date): Promise<void> {
  const faults = faultsOf(days)
  if (Object.keys(faults).length > 0) throw new FieldError(faults)
  await sql.query(
    `UPDATE "Shop" SET "payloadDays" = $2, "historyDays" = $3, "statisticDays" = $4, "updatedAt" = $5 WHERE "id" = $1`,
    [shopId, days.payloadDays, days.historyDays, days.statisticDays, now],
  )
}

function faultsOf(days: KeepDays): Record<string, string> {
  const faults: Record<string, string> = {}
  if (days.payloadDays > days.historyDays) faults.payloadDays = 'LONGER_THAN_HISTORY'
  for (const [name, { least, most }] of Object.entries(KEEP_BOUNDS) as [keyof KeepDays, Bounds][]) {
    if (days[name] < least) faults[name] = 'TOO_SMALL'
    if (days[name] > most) faults[name] = 'TOO_LARGE'
  }
  return faults
}

type Bounds = { least: number; most: number }
