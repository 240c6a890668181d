import { type ExportedRecord, type ReadableResource } from '~/contracts/store-reader'
import { type Fetch } from './call-shop.server'
import { exportCut } from './errors'
import { exportedRecord } from './exported-record'
import { groupLines } from './group-lines'
import { openExport } from './open-export'
import { readLines } from './read-lines'

/**
 * The records of an export that is ready, from a byte on, as they come: never more than one of them in memory, and no more is fetched than is taken.
 *
 * @throws ParityError EXPORT_EXPIRED (ask for its state again), EXPORT_CUT and SHOPIFY_UNREACHABLE (read again from the last record's end)
 */
export async function* readExport(
  fetch: Fetch,
  shop: string,
  from: { url: string; resource: ReadableResource; takenAt: string; byte: number },
  signal: AbortSignal,
): AsyncGenerator<ExportedRecord> {
  const { url, resource, takenAt, byte } = from
  const bytes = openExport(fetch, { shop, url, byte, signal })
  const groups = groupLines(readLines(bytes, byte), (why) => exportCut(shop, why))
  for await (const group of groups) yield exportedRecord(resource, group, takenAt)
}
