import { type Sql } from '~/db.server'
import { type Entry } from './entry'
import { type Tenant } from './tenant'
import { type Fate, keyOf, upsert } from './upsert'

/**
 * Takes entries as if each came in a call of its own, one after the other, with as few statements as that allows:
 * one for each resource and vocabulary, and another round only for records that come more than once.
 *
 * @returns the fate of each entry
 */
export async function storeEntries(
  sql: Sql,
  tenant: Tenant,
  entries: Entry[],
  now: Date,
): Promise<Map<Entry, Fate>> {
  const fates = new Map<Entry, Fate>()
  for (const statement of statementsOf(entries)) {
    const taken = await upsert(sql, tenant, statement, now)
    taken.forEach((fate, index) => fates.set(statement[index]!, fate))
  }
  return fates
}

function statementsOf(entries: Entry[]): Entry[][] {
  const occurrences = new Map<string, number>()
  const statements = Map.groupBy(entries, (entry) => {
    const key = `${entry.resource} ${keyOf(entry)}`
    const round = (occurrences.get(key) ?? 0) + 1
    occurrences.set(key, round)
    return JSON.stringify([round, entry.resource, entry.revision === null])
  })
  // The n-th statement of one record stands behind its (n - 1)-th, because its first entry does.
  return [...statements.values()]
}
