import { type DeletionNews, type HintNews, type StateNews } from '~/contracts/news'
import { at, gone, orderState } from '../support/stages'

/** What an order says, as far as the model is concerned; or that it is gone. */
export type Says = { total: string; test: boolean } | 'gone'

/** What one piece of news told of a record, and its place in the order of the source: seconds of its clock, 0 where it does not say. */
interface Told {
  updated: number
  triggered: number
  says: Says
}

/**
 * The model: a store that remembers all that it has told. What a record should be follows from the newest that was told of it, and
 * from nothing else: not from the order of arrival, and not from what became of any call.
 */
export interface Store {
  /** Whether orders are mirrored, and whether test orders are. */
  mirrorsOrders: boolean
  mirrorsTests: boolean
  tellState(record: string, updated: number, triggered: number, says: Exclude<Says, 'gone'>): StateNews
  tellDeletion(record: string, second: number): DeletionNews
  /** A deletion that does not say when: it is as new as what was known when it came. */
  tellTimelessDeletion(record: string): DeletionNews
  tellHint(record: string, second: number): HintNews
  /** Every record that anything was told of. */
  records(): string[]
  /** The second of the newest that was told of a record; 0 when nothing was. */
  newest(record: string): number
  /** The place in the order of the source of what the record should be. */
  version(record: string): { updatedAt: string; triggeredAt: string }
  /** What the record should be; several where other content came with the same version, and none while only its name is known. */
  desired(record: string): Says[]
  /** Whether that is not to be sent, on purpose. */
  isLeftOut(says: Says): boolean
}

export function createStore(): Store {
  const told = new Map<string, Told[]>()

  const store: Store = {
    mirrorsOrders: true,
    mirrorsTests: false,
    tellState(record, updated, triggered, says) {
      tell(record, { updated, triggered, says })
      return {
        ...orderState(record, updated, { ...says, pii: { email: `buyer-${says.total}@shop.example` } }),
        version: { updatedAt: stamp(updated), triggeredAt: stamp(triggered) },
      }
    },
    tellDeletion(record, second) {
      tell(record, { updated: second, triggered: second, says: 'gone' })
      return gone('order', record, second)
    },
    tellTimelessDeletion(record) {
      const { updated, triggered } = newestTold(record)[0] ?? UNKNOWN
      tell(record, { updated, triggered, says: 'gone' })
      const timeless = { version: { updatedAt: '', triggeredAt: '' }, deletedAt: null }
      return { ...gone('order', record, updated), ...timeless }
    },
    tellHint(record, second) {
      tell(record)
      return { kind: 'hint', resource: 'order', externalId: record, parts: ['core'], hintedAt: at(second) }
    },
    records: () => [...told.keys()],
    newest: (record) => newestTold(record)[0]?.updated ?? 0,
    version(record) {
      const { updated, triggered } = newestTold(record)[0] ?? UNKNOWN
      return { updatedAt: stamp(updated), triggeredAt: stamp(triggered) }
    },
    desired: (record) => newestTold(record).map(({ says }) => says),
    isLeftOut: (says) => !store.mirrorsOrders || (says !== 'gone' && says.test && !store.mirrorsTests),
  }
  return store

  function tell(record: string, ...news: Told[]): void {
    told.set(record, [...(told.get(record) ?? []), ...news])
  }

  /** The newest of what was told; a deletion wins over what has its very version. */
  function newestTold(record: string): Told[] {
    const all = told.get(record) ?? []
    const order = (a: Told, b: Told) => a.updated - b.updated || a.triggered - b.triggered
    const newest = all.filter((one) => all.every((other) => order(one, other) >= 0))
    const deletions = newest.filter(({ says }) => says === 'gone')
    return deletions.length > 0 ? deletions : newest
  }
}

const UNKNOWN = { updated: 0, triggered: 0 }

function stamp(second: number): string {
  return second === 0 ? '' : at(second)
}
