import { type LosslessJson } from '../../../lib/lossless-json'
import { UnmappableBody } from '../unmappable-body'

/**
 * One object of the Admin API's answer, over lossless JSON. An absent key is unknown: it was not asked for, or Shopify withholds it.
 * The children of a connection are under `nodes`, wherever they came from.
 */
export type Row = { [key: string]: LosslessJson }

/** A value as an object; null stays null. @throws UnmappableBody when it is anything else */
export function asRow(value: LosslessJson, field: string): Row | null {
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw new UnmappableBody(field, 'is not an object')
  return value
}

/** A value as a list of objects, without the empty places. @throws UnmappableBody when it is anything else */
export function asRows(value: LosslessJson, field: string): Row[] {
  if (!Array.isArray(value)) throw new UnmappableBody(field, 'is not a list')
  return value.map((item) => asRow(item, field)).filter((row) => row !== null)
}

/** What `convert` makes of a field; undefined where the field is unknown. */
export function from<T>(row: Row, field: string, convert: (value: LosslessJson) => T): T | undefined {
  const value = row[field]
  return value === undefined ? undefined : convert(value)
}

/** What `convert` makes of an object; null where there is none, undefined where the field is unknown. */
export function fromRow<T>(row: Row, field: string, convert: (inner: Row) => T): T | null | undefined {
  return from(row, field, (value) => {
    const inner = asRow(value, field)
    return inner && convert(inner)
  })
}

/** What `convert` makes of each object of a list; undefined where the field is unknown. */
export function fromList<T>(row: Row, field: string, convert: (inner: Row) => T): T[] | undefined {
  return from(row, field, (value) => asRows(value, field).map(convert))
}

/** What `convert` makes of each child of a connection; undefined where the field is unknown. */
export function fromChildren<T>(row: Row, field: string, convert: (child: Row) => T): T[] | undefined {
  return fromRow(row, field, ({ nodes = [] }) => asRows(nodes, field).map(convert)) ?? undefined
}

/** The fields that are known, under the names that a webhook has for them: `names` leads from those to the row's. */
export function renamed(row: Row, names: Readonly<Record<string, string>>): Row {
  const body: Row = {}
  for (const [name, field] of Object.entries(names)) {
    const value = row[field]
    if (value !== undefined) body[name] = value
  }
  return body
}

/** The known ones of the values. */
export function known(values: { [key: string]: LosslessJson | undefined }): Row {
  const body: Row = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) body[name] = value
  return body
}
