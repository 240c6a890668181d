import { until } from '../../dev/until'
import { withClient } from '../bench-database'
import { type Destination } from '../destination'
import { type PartContext } from '../parts/part'
import { steadyRate } from '../statistics'
import { startRole, type Subject } from '../subjects'
import { firstTaken } from './taken-times'

/** What a SaaS refuses for a while waits for its retries, which are minutes apart in the end. */
const SETTLING_MS = 10 * 60_000

/** A store of its own, whose webhooks a process of role `web` takes in; nobody delivers until `drain`. */
export interface Ground {
  databaseUrl: string
  web: Subject
  destination: Destination
}

export async function openGround(
  { databases, stage }: Pick<PartContext, 'databases' | 'stage'>,
  name: string,
  destination: Destination,
): Promise<Ground> {
  const databaseUrl = await databases.installed(name)
  stage.atEnd((failed) => (failed ? showStanding(databaseUrl) : Promise.resolve()))
  return { databaseUrl, destination, web: await startRole(stage, 'web', databaseUrl, destination.env) }
}

/**
 * Starts a worker, lets it deliver everything that waits, and stops it.
 *
 * @param count how many records wait
 * @returns how many it delivered a second
 */
export async function drain(
  { databaseUrl, destination }: Ground,
  count: number,
  { stage }: Pick<PartContext, 'stage'>,
): Promise<number> {
  destination.forget()
  const worker = await startRole(stage, 'worker', databaseUrl, destination.env)
  await destination.untilTaken(count)
  await untilNothingIsDue(databaseUrl)
  await worker.stop()
  return steadyRate([...firstTaken(destination.calls()).values()])
}

/** Resolves when the database holds no record that wants attention: all is delivered, and settled. */
export async function untilNothingIsDue(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, (client) => {
    const look = async () => {
      const { rows } = await client.query<{ due: boolean }>(
        `SELECT EXISTS (SELECT FROM "SourceConnection" o JOIN "SyncRecord" r ON r."sourceConnectionId" = o.id
                        WHERE r."dueAt" IS NOT NULL) AS due`,
      )
      return rows[0]?.due === false
    }
    return until('nothing was due', look, SETTLING_MS)
  })
}

/** Shows where a store's records and connections stand: what to look at first when a part has failed. */
async function showStanding(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const records = await client.query(
      `SELECT "sourceConnectionId", state, count(*), min("dueAt"), max("dueAt") FROM "SyncRecord" GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    const connections = await client.query(
      `SELECT "shopId", state, "stateReason", "probeAt", breaker, "laneUntil", now() FROM "SaasConnection"`,
    )
    console.error(records.rows, connections.rows)
  })
}
