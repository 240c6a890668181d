import pg from 'pg'
import { compareMirror, type Comparison } from '../../compare-mirror'
import { expectedRecords } from '../../expected-record'
import { readMirror } from '../../read-mirror'
import { type World } from './world'

/** Where the app says that a differing record stands is told of so many. */
const EXPLAINED = 10

/** Holds what the built-in SaaS has against the store, record by record and field by field. Test orders are not mirrored. */
export async function compareWithStore({ shop, databaseUrl, db }: World): Promise<Comparison> {
  const expected = expectedRecords(shop.snapshot(), shop.state.locationId).filter(
    ({ data }) => data.test !== true,
  )
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const comparison = compareMirror(expected, await readMirror(client, shop.domain))
    const told = comparison.differences.slice(0, EXPLAINED).map((difference) => explain(db, difference))
    const differences = [...(await Promise.all(told)), ...comparison.differences.slice(EXPLAINED)]
    return { ...comparison, differences }
  } finally {
    await client.end()
  }
}

/** Such as `50000 records, 900000 fields, 3 tombstones`. */
export function wordsOf({ records, fields, tombstones }: Comparison): string {
  return `${records} records, ${fields} fields, ${tombstones} tombstones`
}

/** Says of a difference what the app thinks of its record. */
async function explain(db: World['db'], difference: string): Promise<string> {
  const [, resource = '', id = ''] = /^(\w+) (\d+)/.exec(difference) ?? []
  const [standing] = await db.query<{ words: string }>(
    `SELECT concat_ws(' ', "state", "desiredAction", "desiredUpdatedAt", "lastErrorCode", "reason") AS words
     FROM "SyncRecord" WHERE "resource" = $1 AND "externalId" = $2`,
    [resource, id],
  )
  return `${difference} (${standing?.words ?? 'unknown to the app'})`
}
