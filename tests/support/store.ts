import {
  type ChangedRecord,
  type ExportedRecord,
  type ExportState,
  type FetchedRecords,
  type Reach,
  type ReadableResource,
  READING_ORDER,
  type Selection,
  type StoreReader,
} from '~/contracts/store-reader'
import { type RecordNews, type StateNews } from '~/contracts/news'
import { type Resource } from '~/contracts/resource'
import { type Clock, toSortable } from '~/lib/time'

/** A record that a scripted store has. */
export interface StoredRecord {
  resource: ReadableResource
  externalId: string
  /** UTC text with nine decimals. */
  updatedAt: string
  createdAt: Date
  /** Its children in an export, beside its own line. */
  children: number
  action: 'created' | 'updated'
  parts: Record<string, unknown>
  /** Whether an export cannot carry it, so that it is to be asked for by its id. */
  isHintInExports: boolean
}

/** An export of a scripted store: what the store had when it was begun. */
export interface ScriptedExport {
  id: string
  selection: Selection
  takenAt: string
  rows: StoredRecord[]
  isCancelled: boolean
  /** What asking for it answers instead of that it is ready; null when it is ready. */
  state: ExportState | null
}

/** A store that can be asked, as a test wrote it. */
export interface ScriptedStore extends StoreReader {
  put(record: Partial<StoredRecord> & Pick<StoredRecord, 'resource' | 'externalId'>): StoredRecord
  remove(resource: ReadableResource, externalId: string): void
  /** How far each resource can be read; all of all unless a test says otherwise. */
  reaches: Record<ReadableResource, { reach: Reach; denied: string[] }>
  /** The exports that were begun, in order. */
  exports: ScriptedExport[]
  /** How many exports may be under way at once. */
  mostExports: number
  /** Each question that was put, in order, such as `fetch product 1,2`. */
  questions: string[]
  /** Called with each question before it is answered; may throw, or change the store. */
  before: (question: string) => void
  /** Called with each record of an export before it is read; may throw, as a connection does that breaks, or return another one. */
  beforeRow: (row: ExportedRecord, index: number) => ExportedRecord | void
  /** How many records a page of changes has. */
  changesPage: number
}

/** Makes a store without a record. */
export function scriptStore(clock: Clock): ScriptedStore {
  const records = new Map<string, StoredRecord>()
  const all = (resource: ReadableResource) =>
    [...records.values()].filter((record) => record.resource === resource)
  const now = () => toSortable(clock().toISOString())
  const isOpen = ({ state, isCancelled }: ScriptedExport) => state?.kind === 'under_way' && !isCancelled

  const store: ScriptedStore = {
    reaches: Object.fromEntries(
      READING_ORDER.map((resource) => [resource, { reach: { kind: 'all' }, denied: [] }]),
    ) as unknown as ScriptedStore['reaches'],
    exports: [],
    mostExports: 5,
    questions: [],
    before: () => undefined,
    beforeRow: () => undefined,
    changesPage: 2,

    put(record) {
      const stored: StoredRecord = {
        updatedAt: now(),
        createdAt: new Date('2026-11-01T00:00:00Z'),
        children: 0,
        action: 'updated',
        parts: { core: coreOf(record.resource, record.externalId) },
        isHintInExports: false,
        ...record,
      }
      records.set(keyOf(stored), stored)
      return stored
    },
    remove: (resource, externalId) => void records.delete(keyOf({ resource, externalId })),

    reach: () => answered('reach', () => structuredClone(store.reaches)),

    startExport: (selection) =>
      answered(`export ${selection.resource}`, () => {
        if (store.exports.filter(isOpen).length >= store.mostExports) return null
        const rows = all(selection.resource)
          .filter((record) => isSelected(record, selection))
          .map((record) => structuredClone(record))
        const made = { id: `export-${store.exports.length + 1}`, selection, takenAt: now(), rows }
        store.exports.push({ ...made, isCancelled: false, state: null })
        return { exportId: made.id, takenAt: made.takenAt }
      }),

    exportState: (exportId) =>
      answered(`state ${exportId}`, () => {
        const found = exportOf(exportId)
        if (found.state) return found.state
        const objects = found.rows.reduce((sum, { children }) => sum + 1 + children, 0)
        return { kind: 'ready', url: objects === 0 ? null : exportId, records: found.rows.length, objects }
      }),

    cancelExport: (exportId) =>
      answered(`cancel ${exportId}`, () => void (exportOf(exportId).isCancelled = true)),

    async *readExport({ url, byte }, signal) {
      await ask(`read ${url} from ${byte}`)
      const { rows, takenAt } = exportOf(url)
      let end = 0
      for (const [index, record] of rows.entries()) {
        end += 100
        if (end <= byte) continue
        signal.throwIfAborted()
        const row = { news: newsOf(record, takenAt), fault: null, objects: 1 + record.children, end }
        yield store.beforeRow(row, index) ?? row
      }
    },

    fetchRecords: (resource, externalIds) =>
      answered(`fetch ${resource} ${externalIds.join()}`, (): FetchedRecords => {
        if (externalIds.length > 50) throw new Error('More than 50 ids were asked for at once.')
        const found = externalIds.flatMap((externalId) => records.get(keyOf({ resource, externalId })) ?? [])
        return {
          states: found.map((record) => stateOf(record, now())),
          gone: externalIds.filter((externalId) => !records.has(keyOf({ resource, externalId }))),
          unread: [],
          denied: [],
        }
      }),

    productsOf: (inventoryItemIds) =>
      answered(`products of ${inventoryItemIds.join()}`, () => {
        const known = inventoryItemIds.filter((id) =>
          records.has(keyOf({ resource: 'product', externalId: id })),
        )
        return new Map(known.map((id) => [id, id]))
      }),

    async *changes(resource) {
      await ask(`changes ${resource}`)
      const sorted: ChangedRecord[] = all(resource)
        .map(({ externalId, updatedAt }) => ({ externalId, updatedAt }))
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
      for (let start = 0; start < sorted.length; start += store.changesPage)
        yield sorted.slice(start, start + store.changesPage)
    },
  }
  return store

  function ask(question: string): Promise<void> {
    store.questions.push(question)
    store.before(question)
    return Promise.resolve()
  }

  async function answered<T>(question: string, answer: () => T): Promise<T> {
    await ask(question)
    return answer()
  }

  function exportOf(id: string): ScriptedExport {
    const found = store.exports.find((one) => one.id === id)
    if (!found) throw new Error(`There is no export ${id}.`)
    return found
  }
}

function keyOf({ resource, externalId }: { resource: Resource; externalId: string }): string {
  return `${resource}/${externalId}`
}

function isSelected(record: StoredRecord, { createdFrom, createdUntil, updatedFrom }: Selection): boolean {
  return (
    (createdFrom === null || record.createdAt >= createdFrom) &&
    (createdUntil === null || record.createdAt < createdUntil) &&
    (updatedFrom === null || record.updatedAt >= toSortable(updatedFrom.toISOString()))
  )
}

function newsOf(record: StoredRecord, takenAt: string): RecordNews {
  if (!record.isHintInExports) return stateOf(record, takenAt)
  const { resource, externalId } = record
  return { kind: 'hint', resource, externalId, parts: ['core'], hintedAt: takenAt }
}

/** What a scripted store says of a record. */
function stateOf(
  { resource, externalId, action, updatedAt, parts }: StoredRecord,
  askedAt: string,
): StateNews {
  const version = { updatedAt, triggeredAt: askedAt }
  return { kind: 'state', resource, externalId, action, version, updatedAt, parts }
}

/** As little as a record can have, of each resource. */
function coreOf(resource: ReadableResource, externalId: string): Record<string, unknown> {
  switch (resource) {
    case 'order':
      return { number: `#${externalId}`, currency: 'EUR', total: '1.00', created_at: '2026-11-01T00:00:00Z' }
    case 'product':
    case 'category':
      return { name: `${resource} ${externalId}` }
    case 'customer':
      return { state: 'enabled' }
  }
}
