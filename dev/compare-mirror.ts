import { isDeepStrictEqual } from 'node:util'
import { type ExpectedRecord } from './expected-record'

/** A record as the mirror holds it. */
export interface MirroredData {
  resource: string
  externalId: string
  deleted: boolean
  data: Record<string, unknown>
}

/** What a comparison came to: how much was compared, and every difference in words. */
export interface Comparison {
  records: number
  fields: number
  tombstones: number
  differences: string[]
}

/** Fields that belong to the sending, not to the record. */
const OF_THE_SENDING = ['schema_version', 'source', 'store', 'external_id', 'revision']
/** Times of the last change that was sent: a change that alters nothing the SaaS sees is not, so that they may be older. */
const MAY_BE_OLDER = ['version', 'updated_at']

/** Compares the mirror with what the store says, record by record and field by field, in both directions. */
export function compareMirror(expected: ExpectedRecord[], mirror: MirroredData[]): Comparison {
  const held = new Map(mirror.map((record) => [keyOf(record), record]))
  const alive = new Set(expected.map(keyOf))
  const differences: string[] = []
  let fields = 0

  for (const record of expected) {
    const found = held.get(keyOf(record))
    if (!found || found.deleted) {
      differences.push(`${keyOf(record)} is missing in the mirror`)
      continue
    }
    const names = new Set(
      [...Object.keys(record.data), ...Object.keys(found.data)].filter(
        (name) => !OF_THE_SENDING.includes(name),
      ),
    )
    fields += names.size
    for (const name of names) {
      const [should, is] = [record.data[name], found.data[name]]
      if (!isEqual(name, should, is))
        differences.push(`${keyOf(record)}.${name}: ${text(is)} instead of ${text(should)}`)
    }
  }
  const gone = mirror.filter((record) => !alive.has(keyOf(record)))
  differences.push(
    ...gone
      .filter(({ deleted }) => !deleted)
      .map((record) => `${keyOf(record)} is gone in the store, and alive in the mirror`),
  )
  return {
    records: expected.length,
    fields,
    tombstones: gone.filter(({ deleted }) => deleted).length,
    differences,
  }
}

function isEqual(name: string, should: unknown, is: unknown): boolean {
  if (!MAY_BE_OLDER.includes(name)) return isDeepStrictEqual(should, is)
  return typeof should === 'string' && typeof is === 'string' && Date.parse(is) <= Date.parse(should)
}

function keyOf({ resource, externalId }: { resource: string; externalId: string }): string {
  return `${resource} ${externalId}`
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
