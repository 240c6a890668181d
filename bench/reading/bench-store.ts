import { type Reach, type ReadableResource, type StoreReader } from '../../app/contracts/store-reader'
import { readExport } from '../../app/sources/shopify/admin/read-export'
import { toSortable } from '../../app/lib/time'
import { type ReadingPlan } from './reading-plan'

/** A store whose exports are ready at once. Its files are read as Shopify's are. */
export function benchStore({ store, exports }: ReadingPlan): StoreReader {
  const fileOf = (resource: ReadableResource) => exports.find((file) => file.resource === resource)
  const taken = new Map<string, ReadableResource>()
  const all: { reach: Reach; denied: string[] } = { reach: { kind: 'all' }, denied: [] }
  return {
    reach: () => Promise.resolve({ category: all, product: all, customer: all, order: all }),
    startExport({ resource, createdUntil }) {
      const exportId = `export-${taken.size}`
      // The orders are all of the newest days, so that the older ones have an export without a line.
      if (createdUntil === null) taken.set(exportId, resource)
      return Promise.resolve({ exportId, takenAt: toSortable(new Date().toISOString()) })
    },
    exportState(exportId) {
      const resource = taken.get(exportId)
      const { url = null, records = 0, lines: objects = 0 } = (resource && fileOf(resource)) ?? {}
      return Promise.resolve({ kind: 'ready', url, records, objects })
    },
    cancelExport: () => Promise.resolve(),
    readExport: (from, signal) => readExport(fetch, store, from, signal),
    fetchRecords: () => Promise.resolve({ states: [], gone: [], unread: [], denied: [] }),
    productsOf: () => Promise.resolve(new Map()),
    async *changes() {
      // Nothing has changed.
    },
  }
}
