import { setTimeout as pause } from 'node:timers/promises'
import { redeliverDropped } from './redeliver-dropped'
import { reviveDead, type DeadRecord } from './revive-dead'
import { type Stage } from './stage'

/** How long after the last fault everything may take to come to rest. The longest single wait is the probe of a held connection, a minute. */
export const PATIENCE_MS = 300_000

/** How everything came to rest after the last fault. */
export interface Settling {
  seconds: number
  /** Dead letters by their code, each of which was then revived by a newer change. */
  dead: Record<string, number>
  /** What did not come to rest, or died of what the scenario does not do, in words. */
  findings: string[]
}

/**
 * Ends all faults, lets Shopify deliver whatever is left, and waits until no record is on its way. Nothing is hastened in the
 * app: its waits are waited for.
 *
 * @param deadly the codes that a dead letter of this scenario may have
 * @param patienceMs how long that may take
 */
export async function settle(stage: Stage, deadly: readonly string[], patienceMs: number): Promise<Settling> {
  const began = Date.now()
  const dead: Record<string, number> = {}
  const findings: string[] = []
  await stage.fleet.heal()
  await deliverAll(stage)
  for (;;) {
    const died = await restOrDie(stage, began + patienceMs)
    if (died === 'too late') {
      findings.push(`not everything came to rest within ${patienceMs / 1000} s of the last fault`)
      break
    }
    if (died.length === 0) break
    for (const { code } of died) dead[code] = (dead[code] ?? 0) + 1
    const strange = died.filter(({ code }) => !deadly.includes(code))
    findings.push(
      ...strange.map(({ resource, externalId, code }) => `${resource} ${externalId} died of ${code}`),
    )
    await reviveDead(stage, died)
    await deliverAll(stage)
  }
  return { seconds: (Date.now() - began) / 1000, dead, findings }
}

/** The network behaves, and Shopify tries at once what it would try later. */
async function deliverAll({ shop }: Stage): Promise<void> {
  shop.behave()
  do {
    let isSettled = false
    const settled = shop.settled().then(() => (isSettled = true))
    while (!isSettled) {
      shop.courier.retryNow()
      await Promise.race([settled, pause(1_000)])
    }
  } while (redeliverDropped(shop) > 0)
}

/** Waits until every record is at rest and nothing is to be asked. @returns those that are dead */
async function restOrDie({ query, saas }: Stage, deadline: number): Promise<DeadRecord[] | 'too late'> {
  for (;;) {
    const [counts] = await query<{ moving: number }>(
      `SELECT (SELECT count(*)::int FROM "SyncRecord" WHERE "state" IN ('waiting', 'delivering', 'retrying', 'held') AND "dueAt" IS NOT NULL)
            + (SELECT count(*)::int FROM "Question") AS moving`,
    )
    const isQuiet = counts?.moving === 0 && saas.requests.every(({ endedAt }) => endedAt !== null)
    if (isQuiet) {
      return query<DeadRecord>(
        `SELECT "id", "resource", "externalId", "desiredAction" AS action, "lastErrorCode" AS code FROM "SyncRecord" WHERE "state" = 'dead'`,
      )
    }
    if (Date.now() > deadline) return 'too late'
    await pause(500)
  }
}
