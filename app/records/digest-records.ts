import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'

/** How many records one statement looks at. */
const PAGE = 50_000

/** How many records are under a prefix, and the XOR of their hashes. */
export interface RecordDigest {
  count: number
  hash: bigint
}

/**
 * What the SaaS should hold of a resource, as far as it is known to hold it, summed up by the first digits of the SHA-256 (hex) of the
 * external id. Reads every record of the resource once, in pages along the index of keys.
 *
 * @param depth how many digits; 0 for one sum
 */
export async function digestRecords(
  sql: Sql,
  sourceConnectionId: string,
  resource: Resource,
  depth: number,
): Promise<Map<string, RecordDigest>> {
  const sums = new Map<string, RecordDigest>()
  for await (const rows of pagesOf<PageSum>(sql, PAGE_SUMS, [sourceConnectionId, resource], [depth])) {
    for (const { prefix, count, bits } of rows) {
      if (bits === null) continue
      const sum = sums.get(prefix) ?? { count: 0, hash: 0n }
      sums.set(prefix, { count: sum.count + Number(count), hash: sum.hash ^ BigInt(`0b${bits}`) })
    }
  }
  return sums
}

/** What a statement answers of each page of a resource's keys, in their order. Its parameters are whose, after which key, and others. */
async function* pagesOf<Row extends { last: string | null }>(
  sql: Sql,
  statement: string,
  whose: [sourceConnectionId: string, resource: Resource],
  others: unknown[],
): AsyncGenerator<Row[]> {
  let cursor: string | null = ''
  while (cursor !== null) {
    const rows: Row[] = await sql.query<Row & { [column: string]: unknown }>(statement, [
      ...whose,
      cursor,
      ...others,
    ])
    yield rows
    cursor = rows[0]?.last ?? null
  }
}

interface PageSum {
  prefix: string
  count: string
  /** Null when the SaaS is not known to hold any of them. */
  bits: string | null
  /** The last key of the page. */
  last: string
}

const ID_HASH = `encode(sha256(convert_to(r."externalId", 'UTF8')), 'hex')`

/** As the SaaS reckons it: see DigestSummary of the dialects. */
const LEAF = `('x' || encode(sha256(convert_to(r."externalId" || E'\\n' || r."deliveredRevision" || E'\\n' || r."deliveredTextHash", 'UTF8')), 'hex'))::bit(256)`

const PAGE_SUMS = `
  WITH page AS MATERIALIZED (
    SELECT "externalId", "deliveredRevision", "deliveredTextHash" FROM "SyncRecord"
    WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" > $3 ORDER BY "externalId" LIMIT ${PAGE}
  )
  SELECT substr(${ID_HASH}, 1, $4) AS prefix, count(*) FILTER (WHERE r."deliveredTextHash" IS NOT NULL) AS count,
         bit_xor(${LEAF})::text AS bits, (SELECT max("externalId") FROM page) AS last
  FROM page r GROUP BY prefix`

/** A record, as far as it is compared with what the SaaS holds of it. */
export interface ComparableRecord {
  id: string
  externalId: string
  state: string
  deliveredRevision: string | null
  deliveredTextHash: string | null
}

/** The records of a resource under these prefixes, all of one length. Looks at every key of the resource once, in pages. */
export async function recordsUnder(
  sql: Sql,
  sourceConnectionId: string,
  resource: Resource,
  prefixes: string[],
): Promise<ComparableRecord[]> {
  const [first = ''] = prefixes
  const found: ComparableRecord[] = []
  const others = [first.length, prefixes]
  for await (const rows of pagesOf<PageRow>(sql, PAGE_ROWS, [sourceConnectionId, resource], others))
    for (const { last: _last, ...record } of rows)
      if (record.id !== null) found.push(record as ComparableRecord)
  return found
}

/** A record that is meant; all but `last` are null in a page that has none. */
type PageRow = { [Column in keyof ComparableRecord]: ComparableRecord[Column] | null } & {
  last: string | null
}

const PAGE_ROWS = `
  WITH page AS MATERIALIZED (
    SELECT "id", "externalId", "state", "deliveredRevision", "deliveredTextHash" FROM "SyncRecord"
    WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" > $3 ORDER BY "externalId" LIMIT ${PAGE}
  )
  SELECT r."id", r."externalId", r."state", r."deliveredRevision", r."deliveredTextHash", p.last
  FROM (SELECT max("externalId") AS last FROM page) p
  LEFT JOIN page r ON substr(${ID_HASH}, 1, $4) = ANY($5::text[])
  WHERE p.last IS NOT NULL`
