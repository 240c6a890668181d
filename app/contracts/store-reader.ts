import { type RecordNews, type StateNews } from './news'
import { type Resource } from './resource'

/** The resources that a store can be asked for. */
export type ReadableResource = Exclude<Resource, 'message'>

/** The order in which a store is read, so that what others refer to comes first. */
export const READING_ORDER = [
  'category',
  'product',
  'customer',
  'order',
] as const satisfies readonly ReadableResource[]

/** How far the app may read a resource of a store; the words are for people. */
export type Reach =
  | { kind: 'all' }
  /** Only what was created in the last so many days. */
  | { kind: 'since'; days: number; words: string }
  | { kind: 'none'; words: string }

/**
 * Which records of a resource: null for no bound. Instants of the store's clock, of which whole seconds count. Where a store cannot search by a bound
 * (Shopify's collections by when they were created) it is left out, and more is found.
 */
export interface Selection {
  resource: ReadableResource
  createdFrom: Date | null
  createdUntil: Date | null
  updatedFrom: Date | null
}

/** Where the export of a selection stands. */
export type ExportState =
  | { kind: 'under_way'; objects: number }
  | {
      kind: 'ready'
      /** Where its file is; null for one without a line. It may end sooner than the export does: then ask for the state again. */
      url: string | null
      /** How many records and how many lines (children included) the store says that it wrote. */
      records: number
      objects: number
    }
  /** The store gave it up, wholly or after a part. `isRefused`: for want of rights, so that repeating it is pointless. */
  | { kind: 'failed'; isRefused: boolean; words: string }
  /** The store knows nothing of it any more, or its file has expired. */
  | { kind: 'gone' }

/** One record of an export, with its children. */
export interface ExportedRecord {
  /** A state; or a hint, where an export cannot carry all of the record and it is to be asked for by its id. Null when it is not understood. */
  news: RecordNews | null
  /** Why it is not understood; without personal data. Null when all is well. */
  fault: string | null
  /** How many lines it took. */
  objects: number
  /** The byte of the file after its last line: where reading can go on. */
  end: number
}

/** What a store answered about records that were asked for by their ids. */
export interface FetchedRecords {
  /**
   * Everything of each, in one version, whose trigger time is when the store was asked, by its own clock and never later than it was read. That
   * clock counts whole seconds here, so that it may seem to lie before news that was known when asking. What the store withholds is absent.
   */
  states: StateNews[]
  /** The ids of those that the store does not have. */
  gone: string[]
  /** Those of which nothing can be said now, and why, without personal data: all of it is withheld, or it cannot be understood. */
  unread: { externalId: string; words: string }[]
  /** The fields that it withholds, such as `Customer.email`. */
  denied: string[]
}

/** A record as the list of the last changes names it: its id and its update time (UTC text with nine decimals). */
export interface ChangedRecord {
  externalId: string
  updatedAt: string
}

/**
 * A store that can be asked. Every question waits until the store's budget allows it; a throttle is never a failure. All throw
 * ParityError: NOT_INSTALLED and TOKEN_REFUSED (a person must act), SHOPIFY_UNREACHABLE (to be tried again), SHOPIFY_ANSWER.
 */
export interface StoreReader {
  /** How far each resource can be read with what the merchant granted, and which of its fields are withheld. */
  reach(): Promise<Record<ReadableResource, { reach: Reach; denied: string[] }>>
  /**
   * Begins an export, without the fields that the store withholds now.
   *
   * @returns its id, and when it was taken by the store's clock (UTC text with nine decimals): rows may be younger, never older; null when the store
   * has as many under way as it allows
   */
  startExport(selection: Selection): Promise<{ exportId: string; takenAt: string } | null>
  exportState(exportId: string): Promise<ExportState>
  /** Calls an export off; nothing happens when it has ended. */
  cancelExport(exportId: string): Promise<void>
  /**
   * The records of an export that is ready, from a byte on (0, or the `end` of a record), as they come: never more than one of them in memory, and no more
   * is fetched than is taken. Throws EXPORT_EXPIRED as well (ask for its state again), and EXPORT_CUT where the file breaks off or is damaged: read
   * again from the last record's end. A file that ends too soon, but at the end of a line, shows only in the counts.
   */
  readExport(
    from: { url: string; resource: ReadableResource; takenAt: string; byte: number },
    signal: AbortSignal,
  ): AsyncIterable<ExportedRecord>
  /** At most 50 at once. */
  fetchRecords(resource: ReadableResource, externalIds: string[]): Promise<FetchedRecords>
  /** The products of inventory items, by item; those that are gone are left out. At most 100 at once. */
  productsOf(inventoryItemIds: string[]): Promise<Map<string, string>>
  /** What changed, newest first, in pages; ends when the store has no more. The caller stops reading where it has seen enough. */
  changes(resource: ReadableResource): AsyncIterable<ChangedRecord[]>
}

/** Opens the reader of a store. One for a store and process, so that the store's budget is known to all who ask. */
export type StoreReaders = (store: string) => StoreReader
