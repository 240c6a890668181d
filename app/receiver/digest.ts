import { type Sql } from '~/db.server'
import { TABLE } from './tables'
import { type Digest, type DigestQuery, type DigestRow } from './wire'

const HEX_DIGITS = [...'0123456789abcdef']
const NOTHING = '0'.repeat(64)

/**
 * Count and hash of a tenant's records under a prefix, and of the 16 prefixes that are one digit longer. Two sides with the same
 * records have the same hash, and where they differ the children show where.
 */
export async function readDigest(sql: Sql, storeId: string, query: DigestQuery): Promise<Digest> {
  const { prefix } = query
  const rows = await sql.query<{ digit: string; count: string; bits: string }>(
    `SELECT substr(encode("idHash", 'hex'), $6, 1) AS digit, count(*), bit_xor(${LEAF})::text AS bits
     ${SELECTION(query)} GROUP BY digit`,
    [...selected(storeId, query), prefix.length + 1],
  )

  const found = new Map(
    rows.map(({ digit, count, bits }) => [digit, { count: Number(count), hash: toHex(bits) }]),
  )
  const children = HEX_DIGITS.map((digit) => ({
    prefix: prefix + digit,
    ...(found.get(digit) ?? { count: 0, hash: NOTHING }),
  }))
  return {
    count: children.reduce((sum, child) => sum + child.count, 0),
    hash: children.reduce((hash, child) => xor(hash, child.hash), NOTHING),
    children,
  }
}

/** The records under a prefix, by external id; at most `limit` of them. */
export async function readDigestRows(
  sql: Sql,
  storeId: string,
  query: DigestQuery,
  limit: number,
): Promise<DigestRow[]> {
  const rows = await sql.query<Omit<DigestRow, 'revision'> & { revision: string }>(
    `SELECT "externalId" AS external_id, "revision", "bodyHash" AS body_hash
     ${SELECTION(query)} ORDER BY "idHash" LIMIT $6`,
    [...selected(storeId, query), limit],
  )
  return rows.map((row) => ({ ...row, revision: Number(row.revision) }))
}

/** SHA-256 over what a record is compared by, as bits. */
const LEAF = `('x' || encode(sha256(convert_to("externalId" || E'\\n' || "revision" || E'\\n' || "bodyHash", 'UTF8')), 'hex'))::bit(256)`

/** The records under a prefix: a range of the index. */
const SELECTION = ({ resource }: DigestQuery) =>
  `FROM ${TABLE[resource]} WHERE "storeId" = $1 AND "source" = $2 AND "store" = $3 AND "idHash" BETWEEN $4 AND $5`

function selected(storeId: string, { source, store, prefix }: DigestQuery): unknown[] {
  const bound = (digit: string) => Buffer.from(prefix.padEnd(64, digit), 'hex')
  return [storeId, source, store, bound('0'), bound('f')]
}

function toHex(bits: string): string {
  return BigInt(`0b${bits}`).toString(16).padStart(64, '0')
}

function xor(a: string, b: string): string {
  return (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(16).padStart(64, '0')
}
