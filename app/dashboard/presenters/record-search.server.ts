import { type Resource } from '~/contracts/resource'
import { type RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Sealer } from '~/lib/sealing'
import { emailTerms, personalTerms } from '~/records/record-terms'
import { type RecordsSort } from '../records-query'
import { readSearch, type SearchedFor } from '../read-search'
import { type ShopScope } from './scope.server'

/** How many records a search shows at most. */
export const MOST_FOUND = 50
/** How many records of one word are looked at. */
const LOOKED_AT = 2_000
/** Sorts after every word that begins with what stands before it. */
const LAST = '\u{10FFFF}'

/** Which records are looked for. */
export interface RecordSearch {
  text: string
  states: readonly RecordState[]
  resources: readonly Resource[]
  sort: RecordsSort
}

/** What a search has found. */
export interface FoundRecords {
  /** In the order of their latest activity. */
  recordIds: string[]
  /** Whether there may be others that match. */
  hasMore: boolean
}

/** A word as it may stand in the database: one that begins so, or one of these. */
interface WantedTerm {
  prefix: string | null
  terms: string[]
}

/**
 * The records of a shop whose id in the store, or Parity's own, is what was written; and those that have every word of it. A word is
 * found by its beginning, one of a person's name only whole. However many there are, it looks at two thousand that have the rarest
 * of the words.
 */
export async function findRecords(
  { db, sealer }: { db: Database; sealer: Sealer },
  scope: ShopScope,
  { text, ...filters }: RecordSearch,
): Promise<FoundRecords> {
  const sought = readSearch(text)
  const terms = termsOf(sought, scope, sealer)
  const counts = await Promise.all(terms.map((term) => countBounded(db, scope, term)))
  const rarest = Math.min(...counts)
  const first = terms[counts.indexOf(rarest)]
  const rows = await readFound(db, scope, {
    ...filters,
    sought,
    first,
    others: terms.filter((t) => t !== first),
  })
  return {
    recordIds: rows.slice(0, MOST_FOUND),
    hasMore: rows.length > MOST_FOUND || (first !== undefined && rarest > LOOKED_AT),
  }
}

function termsOf({ words, emailHash }: SearchedFor, { sourceIds }: ShopScope, sealer: Sealer): WantedTerm[] {
  const ofEach = (make: (owner: { sourceConnectionId: string }) => string[]) =>
    sourceIds.flatMap((sourceConnectionId) => make({ sourceConnectionId }))
  if (emailHash !== null)
    return [{ prefix: null, terms: ofEach((owner) => emailTerms(owner, emailHash, sealer)) }]
  return words.map((word) => ({
    prefix: word,
    terms: ofEach((owner) => personalTerms(owner, word, sealer)),
  }))
}

/** How many records have a word, counted no further than it matters. */
async function countBounded(db: Database, { sourceIds }: ShopScope, term: WantedTerm): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM (SELECT FROM ${recordsOf(2)} LIMIT ${LOOKED_AT + 1}) f`,
    [sourceIds, ...valuesOf(term)],
  )
  return row?.count ?? 0
}

interface Wanted extends Omit<RecordSearch, 'text'> {
  sought: SearchedFor
  /** The rarest of the words; the records that have it are looked through for the others. */
  first: WantedTerm | undefined
  others: WantedTerm[]
}

/** One more than are shown. */
async function readFound(db: Database, { sourceIds }: ShopScope, wanted: Wanted): Promise<string[]> {
  const { sought, first, others, sort } = wanted
  const order = sort === 'newest' ? 'DESC' : 'ASC'
  // The inner limit has each looked up by its id, also where reading the whole table seems cheaper.
  const rows = await db.query<{ id: string }>(
    `WITH found AS MATERIALIZED (${NAMED} ${first ? `UNION ${havingAll(others.length)}` : ''})
     SELECT r."id" FROM found CROSS JOIN LATERAL (
       SELECT r."id", r."updatedAt" FROM "SyncRecord" r
       WHERE r."id" = found.id AND r."sourceConnectionId" = ANY($1::uuid[]) AND r."state" = ANY($5::text[]) AND r."resource" = ANY($6::text[])
       LIMIT 1
     ) r
     ORDER BY r."updatedAt" ${order}, r."id" ${order} LIMIT ${MOST_FOUND + 1}`,
    [
      sourceIds,
      sought.recordId,
      sought.externalId,
      sought.resources,
      wanted.states,
      wanted.resources,
      ...(first ? [first, ...others] : []).flatMap(valuesOf),
    ],
  )
  return rows.map(({ id }) => id)
}

/** SQL for the records of some sources ($1) with an id: Parity's own ($2), or in the store ($3) of some resources ($4). */
const NAMED = `
  SELECT r."id" AS id FROM "SyncRecord" r WHERE r."sourceConnectionId" = ANY($1::uuid[]) AND r."id" = $2::uuid
  UNION SELECT r."id" FROM "SyncRecord" r
  WHERE r."sourceConnectionId" = ANY($1::uuid[]) AND r."resource" = ANY($4::text[]) AND r."externalId" = $3::text`

const FIRST_TERM = 7

/** SQL for those that have a word, and so many others. */
function havingAll(others: number): string {
  const conditions = Array.from({ length: others }, (_, index) => `AND ${has(FIRST_TERM + 3 * (index + 1))}`)
  return `SELECT f."recordId" FROM (SELECT f."recordId" FROM ${recordsOf(FIRST_TERM)} LIMIT ${LOOKED_AT}) f
    WHERE true ${conditions.join(' ')}`
}

/** SQL for the records of some sources ($1) with a word, whose values begin at a parameter. */
function recordsOf(at: number): string {
  // The order keeps the planner on the index, however many records have the word.
  const some = (condition: string) =>
    `(SELECT t."recordId" FROM "RecordTerm" t WHERE t."sourceConnectionId" = s.id AND ${condition}
      ORDER BY t."term", t."recordId" LIMIT ${LOOKED_AT + 1})`
  return `unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL (${some(begins(at))} UNION ALL ${some(equals(at))}) f`
}

/** SQL for whether a record has a word. */
function has(at: number): string {
  return `EXISTS (SELECT FROM "RecordTerm" t WHERE t."recordId" = f."recordId" AND t."sourceConnectionId" = ANY($1::uuid[])
    AND (${begins(at)} OR ${equals(at)}))`
}

function begins(at: number): string {
  return `t."term" >= $${at}::text AND t."term" < $${at + 1}::text`
}

function equals(at: number): string {
  return `t."term" = ANY($${at + 2}::text[])`
}

function valuesOf({ prefix, terms }: WantedTerm): unknown[] {
  return [prefix, prefix === null ? null : prefix + LAST, terms]
}
