import { partNames } from '~/contracts/parts'
import { type RecordNews } from '~/contracts/news'
import { type ExportedRecord, type ReadableResource } from '~/contracts/store-reader'
import { toSortable } from '~/lib/time'
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
    const fault = strangeLines(resource, group)
    return { news: fault === null ? newsOf(resource, row, takenAt) : null, fault, objects, end }
  } catch (thrown) {
    return { news: null, fault: reasonOf(thrown), objects, end }
  }
}

/**
 * What an export cannot carry whole is only named, to be asked for by its id. A product that changed while it was exported may have another
 * number of variants than it counts. An order that was refunded is named with its last change, as its refunds cannot be exported: it
 * is asked for where that change is not known yet.
 */
function newsOf(resource: ReadableResource, row: Row, takenAt: string): RecordNews {
  if (lacksVariants(resource, row))
    return hint(resource, Id.parse(row['id']), partNames(resource), {
      topic: 'products/update',
      triggeredAt: takenAt,
    })
  const isRefunded = resource === 'order' && asRows(row['refunds'] ?? [], 'refunds').length > 0
  if (!isRefunded) return mapRow(resource, row, takenAt)
  const updatedAt = Time.parse(row['updatedAt'] ?? null)
  const named = hint('order', Id.parse(row['id']), ['core'], {
    topic: 'orders/updated',
    triggeredAt: takenAt,
  })
  return updatedAt === null ? named : { ...named, changedAt: toSortable(updatedAt) }
}

/** Whether there are more or fewer than the store itself counts. Only of a product's variants does Shopify keep a count. */
function lacksVariants(resource: ReadableResource, row: Row): boolean {
  if (resource !== 'product') return false
  const { count, precision } = asRow(row['variantsCount'] ?? null, 'variantsCount') ?? {}
  const variants = asRow(row['variants'] ?? null, 'variants')
  if (!variants || count === undefined || precision !== 'EXACT') return false
  return asRows(variants['nodes'] ?? [], 'variants').length !== Number(count)
}

function strangeLines(resource: ReadableResource, group: Group): string | null {
  if (group.strays > 0) return 'It is followed by a line that belongs to no record before it.'
  return countUnknown(resource, group) > 0 ? 'It has a child of a type that was not asked for.' : null
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof UnmappableBody ? thrown.message : 'The row has a form that Parity does not know.'
}
