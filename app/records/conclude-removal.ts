import { type Sql } from '../db.server'
import { leftThere } from './left-there'
import { countRecords } from './count-records'
import { type OpenRun, type RunEnd } from './run-row'

/** How a removal ends that has been through all records; null while the SaaS is still to delete some of them. */
export async function concludeRemoval(
  sql: Sql,
  { sourceConnectionId, resource }: Pick<OpenRun, 'sourceConnectionId' | 'resource'>,
): Promise<RunEnd | null> {
  const counts = await countRecords(sql, [sourceConnectionId])
  const { onTheWay, failed, kept } = leftThere(counts.filter((one) => one.resource === resource))
  if (onTheWay > 0) return null
  const left = failed + kept
  if (left === 0) return { state: 'finished', words: 'The SaaS has deleted all of them.' }
  const words = `The SaaS has not deleted ${left} of them: look at what has failed, and remove them again.`
  return { state: 'failed', words }
}
