import { v7 as uuid } from 'uuid'
import { type Resource } from '~/contracts/resource'
import { type Sql } from '~/db.server'
import { type Entry } from './entry'
import { eventsOf, TABLE } from './tables'
import { type Tenant } from './tenant'

/** What became of an entry: taken, with the receiver's id of the record, or older than what is held. */
export type Fate = { status: 'synced'; id: string } | { status: 'stale' }

interface Written {
  id: string
  source: string
  store: string
  externalId: string
}

/**
 * Takes entries of one resource, of different records, in one statement.
 *
 * What is held at a higher revision stays, tombstones included. An upsert leaves what it does not mention as it was, since
 * absent means unknown; it starts afresh after a tombstone, and when the record was last sent in another vocabulary, whose
 * names could otherwise survive what the sender means to erase. Entries without revisions take the place of what is
 * held, whatever its revision.
 *
 * @returns the fate of each entry, in order
 */
export async function upsert(sql: Sql, tenant: Tenant, entries: Entry[], now: Date): Promise<Fate[]> {
  const [first] = entries
  if (!first) return []

  const statement = `${writing(first.resource)} SELECT * FROM written`
  return fatesOf(entries, await sql.query<Written>(statement, parameters(tenant, entries, now)))
}

/** `upsert` of a single event, which writes its completed sync log entry in the same statement. */
export async function upsertLogged(
  sql: Sql,
  tenant: Tenant,
  entry: Entry,
  now: Date,
): Promise<{ fate: Fate; syncLogId: string }> {
  const statement = `${writing(entry.resource)}, logged AS (
      INSERT INTO "MirrorSyncLog"
        ("id", "storeId", "syncType", "status", "syncedCount", "skippedCount", "staleCount", "startedAt", "endedAt")
      SELECT $13, $1, $14, 'completed', count(*), 0, 1 - count(*), $2, $2 FROM written
    )
    SELECT * FROM written`
  const syncLogId = uuid()
  const values = [...parameters(tenant, [entry], now), syncLogId, eventsOf(entry.resource)]
  const [fate = { status: 'stale' as const }] = fatesOf([entry], await sql.query<Written>(statement, values))
  return { fate, syncLogId }
}

/** Rows are written in the order of their keys, so that two calls cannot wait for each other. */
function writing(resource: Resource): string {
  return `
    WITH given AS (
      SELECT * FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::jsonb[],
        $10::text[], $11::text[]) AS row (id, source, store, external_id, revision, version, body, body_hash, deleted_at)
    ), written AS (
      INSERT INTO ${TABLE[resource]} AS held ("id", "storeId", "source", "store", "externalId", "revision", "version",
        "body", "bodyHash", "idHash", "deletedAt", "createdAt", "syncedAt")
      SELECT id, $1, source, store, external_id, coalesce(revision, (extract(epoch FROM $2::timestamptz) * 1000)::bigint),
        version, body, body_hash, sha256(convert_to(external_id, 'UTF8')), deleted_at, $2, $2
      FROM given ORDER BY source, store, external_id
      ON CONFLICT ("storeId", "source", "store", "externalId") DO UPDATE SET
        "revision" = CASE WHEN $12 THEN EXCLUDED."revision" ELSE greatest(EXCLUDED."revision", held."revision" + 1) END,
        "version" = EXCLUDED."version",
        "body" = CASE
          WHEN held."deletedAt" IS NULL AND EXCLUDED."deletedAt" IS NULL
            AND (held."body" ? 'schema_version') = (EXCLUDED."body" ? 'schema_version')
          THEN (held."body" - 'incomplete') || EXCLUDED."body"
          ELSE EXCLUDED."body" END,
        "bodyHash" = EXCLUDED."bodyHash",
        "deletedAt" = EXCLUDED."deletedAt",
        "syncedAt" = EXCLUDED."syncedAt"
      WHERE held."storeId" = $1 AND (NOT $12 OR held."revision" <= EXCLUDED."revision")
      RETURNING "id", "source", "store", "externalId"
    )`
}

function parameters({ storeId }: Tenant, entries: Entry[], now: Date): unknown[] {
  const column = <T>(read: (entry: Entry) => T) => entries.map(read)
  return [
    storeId,
    now,
    column(() => uuid()),
    column((entry) => entry.source),
    column((entry) => entry.store),
    column((entry) => entry.externalId),
    column((entry) => entry.revision),
    column((entry) => entry.version),
    column((entry) => JSON.stringify(entry.body)),
    column((entry) => entry.bodyHash),
    column((entry) => entry.deletedAt),
    entries.every((entry) => entry.revision !== null),
  ]
}

function fatesOf(entries: Entry[], written: Written[]): Fate[] {
  const ids = new Map(written.map((row) => [keyOf(row), row.id]))
  return entries.map((entry) => {
    const id = ids.get(keyOf(entry))
    return id === undefined ? { status: 'stale' } : { status: 'synced', id }
  })
}

/** What a record is unique by within a tenant and a resource. */
export function keyOf({ source, store, externalId }: Pick<Entry, 'source' | 'store' | 'externalId'>): string {
  return JSON.stringify([source, store, externalId])
}
