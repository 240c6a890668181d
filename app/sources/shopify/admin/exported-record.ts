import { type RecordNews } from '~/contracts/news'
import { type ExportedRecord, type ReadableResource } from '~/contracts/store-reader'
import { hint } from '../map-hint'
import { mapRow } from '../map-row'
import { Id, Time } from '../payload'
import { asRow, asRows, type Row } from '../rows/row'
import { UnmappableBody } from '../unmappable-body'
import { assembleRow, countUnknown } from './assemble-row'
import { type Group } from './group-lines'

/** What an export says of one record. Pure. */
export function exportedRecord(resource: ReadableResource, group: Group, takenAt: string): ExportedRecord {
  const { lines: objects, end } = group
  try {
    const row = assembleRow(resource, group)
    const fault = strangeLines(resource, group) ?? missingChildren(resource, row)
    return { news: fault === null ? newsOf(resource, row, takenAt) : null, fault, objects, end }
  } catch (thrown) {
    return { news: null, fault: reasonOf(thrown), objects, end }
  }
}

/**
 * An order that was refunded is only named, as of its last change: an export cannot carry what its refunds are made of. It is asked for
 * where that change is not known yet.
 */
function newsOf(resource: ReadableResource, row: Row, takenAt: string): RecordNews {
  const isRefunded = resource === 'order' && asRows(row['refunds'] ?? [], 'refunds').length > 0
  if (!isRefunded) return mapRow(resource, row, takenAt)
  const changedAt = Time.parse(row['updatedAt'] ?? null) ?? takenAt
  return hint('order', Id.parse(row['id']), ['core'], { topic: 'orders/updated', triggeredAt: changedAt })
}

/** What the store counts itself, and what came of it. Only of a product's variants does Shopify keep a count. */
function missingChildren(resource: ReadableResource, row: Row): string | null {
  if (resource !== 'product') return null
  const { count, precision } = asRow(row['variantsCount'] ?? null, 'variantsCount') ?? {}
  const variants = asRow(row['variants'] ?? null, 'variants')
  if (!variants || count === undefined || precision !== 'EXACT') return null

  const came = asRows(variants['nodes'] ?? [], 'variants').length
  return came === Number(count) ? null : `Of ${Number(count)} variants ${came} came.`
}

function strangeLines(resource: ReadableResource, group: Group): string | null {
  if (group.strays > 0) return 'It is followed by a line that belongs to no record before it.'
  return countUnknown(resource, group) > 0 ? 'It has a child of a type that was not asked for.' : null
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof UnmappableBody ? thrown.message : 'The row has a form that Parity does not know.'
}
