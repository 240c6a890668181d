import { type PartName, type PartsOf } from './parts'
import { type Resource } from './resource'
import { type Version } from './version'

/** What one payload says of one record. */
export type StateNews = {
  [R in Resource]: {
    kind: 'state'
    resource: R
    externalId: string
    action: 'created' | 'updated'
    /** Empty strings where the source does not say. */
    version: Version
    /** The source's update time in UTC with the decimals that it came with; null when the source does not say. */
    updatedAt: string | null
    parts: PartsOf<R>
  }
}[Resource]

/** A record is gone at its source. */
export interface DeletionNews {
  kind: 'deletion'
  resource: Resource
  externalId: string
  /** Its update time is its trigger time. */
  version: Version
  /** ISO 8601 UTC; null when the source does not say when. */
  deletedAt: string | null
  /** The customer that it was merged into. */
  mergedIntoExternalId?: string
  /**
   * Nobody said so: it was looked for in the whole store as that was at the version's time, and not found. A state that was triggered
   * later proves the opposite, whatever its update time.
   */
  isInferred?: true
}

/** Something about a record changed, and the payload does not say how. It never moves the version. */
export interface HintNews {
  kind: 'hint'
  resource: Resource
  /** Null when the payload names an inventory item, whose product must be looked up. */
  externalId: string | null
  /** That inventory item. */
  inventoryItemId?: string
  /** The parts that may have changed. */
  parts: PartName[]
  /** The trigger time, UTC text with nine decimals; empty when unknown. */
  hintedAt: string
  /** The update time that the source gives the record, likewise: it says nothing to whoever knows the record as of then. Absent when unknown. */
  changedAt?: string
}

/** The store was asked for everything of a record, and what it told of it is in the other news. It never moves the version. */
export interface AskedNews {
  kind: 'asked'
  resource: Resource
  externalId: string
  /** The store's time at which it was asked, UTC text with nine decimals. What is still missing is withheld until it changes again. */
  askedAt: string
}

/** What the law asks (Shopify's three compliance topics). */
export interface ComplianceNews {
  kind: 'compliance'
  request: 'customers/data_request' | 'customers/redact' | 'shop/redact'
  customerExternalId: string | null
  orderExternalIds: string[]
}

/** The shop removed the app at that trigger time (UTC text with nine decimals; empty when unknown). */
export interface UninstalledNews {
  kind: 'uninstalled'
  triggeredAt: string
}

/** The shop's own settings, as far as the payload carries them. */
export interface ShopNews {
  kind: 'shop'
  name?: string
  currency?: string
  timeZone?: string
}

/** The shop granted or withdrew scopes. */
export interface ScopesNews {
  kind: 'scopes'
  scopes: string[]
}

/** A bulk operation ended at the source. */
export interface RunFinishedNews {
  kind: 'run_finished'
  bulkOperationId: string
}

/** Nobody handles this, on purpose; the reason is for people. */
interface IgnoredNews {
  kind: 'ignored'
  reason: string
}

/** The body could not be understood; it is kept and can be replayed. The reason carries no personal data. */
interface UnmappedNews {
  kind: 'unmapped'
  reason: string
}

/** What a webhook, a backfill row or a reconciliation has to say. Plain data, free of any platform. */
export type News =
  | StateNews
  | DeletionNews
  | HintNews
  | ComplianceNews
  | UninstalledNews
  | ShopNews
  | ScopesNews
  | RunFinishedNews
  | IgnoredNews
  | UnmappedNews

/** News about a record: what the fold takes. */
export type RecordNews = StateNews | DeletionNews | HintNews | AskedNews

/** Whether news is about a record. */
export function isRecordNews(news: News): news is Extract<News, RecordNews> {
  return news.kind === 'state' || news.kind === 'deletion' || news.kind === 'hint'
}
