import { Action, type Resource } from '~/contracts/resource'
import { DATA, DeletedData, type RecordBase } from '~/contracts/shared-schema'
import { sha256 } from '~/lib/sha256'
import { type Entry, type Origin } from './entry'
import { describeFaults } from './faults'
import { storable, storableText } from './storable'

/** What names a record is part of an index, whose rows have a limit. */
const MAX_NAME_LENGTH = 255

/**
 * Reads a record of the shared sync schema. An upsert is kept as it came, with the keys that this version does not know; of
 * a deletion only what the schema gives it is kept, so that a tombstone holds nothing personal.
 *
 * @param path where the record stood in the request, for the message
 * @returns the entry, or what is wrong with the record
 * @throws TooDeep
 */
export function readSharedRecord(
  resource: Resource,
  action: Action,
  record: object,
  path: string,
  { text }: Origin,
): Entry | string {
  const schema = action === Action.enum.deleted ? DeletedData : DATA[resource]
  const checked = schema.safeParse(record)
  if (!checked.success) return describeFaults(checked.error, record, path)

  const data: RecordBase & { deleted_at?: string } = checked.data
  const unfit = ([`source`, `store`, `external_id`] as const).find((name) => !fitsName(data[name]))
  if (unfit) return `${path}.${unfit} must be at most ${MAX_NAME_LENGTH} ordinary characters`

  const deleted = action === Action.enum.deleted
  return {
    resource,
    source: data.source,
    store: data.store,
    externalId: data.external_id,
    revision: data.revision,
    version: data.version,
    body: storable(deleted ? data : record),
    bodyHash: sha256(text),
    deletedAt: deleted ? (data.deleted_at ?? null) : null,
  }
}

/** Whether a text can name a record: short enough, and without characters that the database would alter. */
export function fitsName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && storableText(text) === text
}
