import { type Envelope, keyOf } from './envelope'

/** What the SaaS holds of one record: the newest revision that it was sent. */
export interface MirroredRecord {
  resource: string
  source: string
  store: string
  externalId: string
  revision: number
  deleted: boolean
  /** As it came last, tombstones too. */
  data: Record<string, unknown>
  /** How often something was taken for it. */
  writes: number
}

/** Something that the SaaS took for a record. */
export interface Take {
  /** As `source|store|resource|external id`. */
  record: string
  revision: number
  action: Envelope['action']
}

/** The records of a SaaS. A lower revision than is held is refused, and so is any that a tombstone outranks. */
export class Mirror {
  /** All that was ever taken, in order. */
  readonly takes: Take[] = []
  readonly #records = new Map<string, MirroredRecord>()

  take(event: Envelope): 'synced' | 'stale' {
    const key = keyOf(event)
    const held = this.#records.get(key)
    if (held && held.revision > event.data.revision) return 'stale'
    const { source, store, external_id: externalId, revision } = event.data
    this.#records.set(key, {
      resource: event.resource,
      source,
      store,
      externalId,
      revision,
      deleted: event.action === 'deleted',
      data: event.data,
      writes: (held?.writes ?? 0) + 1,
    })
    this.takes.push({ record: key, revision, action: event.action })
    return 'synced'
  }

  /** All records, or those of one resource; tombstones only on request. */
  list(options: { resource?: string; withDeleted?: boolean } = {}): MirroredRecord[] {
    return [...this.#records.values()].filter(
      (record) =>
        (options.resource === undefined || record.resource === options.resource) &&
        (options.withDeleted === true || !record.deleted),
    )
  }

  clear(): void {
    this.#records.clear()
    this.takes.length = 0
  }
}
