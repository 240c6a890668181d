import { type Database } from '~/db.server'
import { countRecords } from '~/records/count-records'
import { sumCounts } from '~/records/sum-counts'

/** What is wrong with the counts of a shop's records, before and after they are summed up, against the records themselves. */
export async function faultsOfCounts(db: Database, shopId: string): Promise<string[]> {
  const sources = await db.query<{ id: string }>(`SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1`, [
    shopId,
  ])
  const ids = sources.map(({ id }) => id)
  const told = [await tell(db, ids)]
  await sumCounts(db, new AbortController().signal)
  told.push(await tell(db, ids))

  const rows = await db.query<{ state: string; count: number }>(
    `SELECT "state", count(*)::int AS "count" FROM "SyncRecord" WHERE "sourceConnectionId" = ANY ($1::uuid[]) GROUP BY 1`,
    [ids],
  )
  const counted = inWords(rows)
  return told
    .filter((words) => words !== counted)
    .map((words) => `It says ${words}, and there are ${counted}.`)
}

/** By the states of the records: what is only known by a hint waits. */
async function tell(db: Database, sourceIds: string[]): Promise<string> {
  const sums = new Map<string, number>()
  for (const { state, count } of await countRecords(db, sourceIds)) {
    const of = state === 'unknown' ? 'waiting' : state
    sums.set(of, (sums.get(of) ?? 0) + count)
  }
  return inWords([...sums].map(([state, count]) => ({ state, count })))
}

function inWords(counts: { state: string; count: number }[]): string {
  const words = counts.map(({ state, count }) => `${count} ${state}`)
  return words.sort().join(', ')
}
