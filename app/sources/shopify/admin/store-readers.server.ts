import { setTimeout as pause } from 'node:timers/promises'
import { type StoreReader, type StoreReaders } from '~/contracts/store-reader'
import { type Clock } from '~/lib/time'
import { createAskAdmin } from './ask-admin.server'
import { createBudget } from './budget'
import { type Fetch } from './call-shop.server'
import { cancelExport } from './cancel-export'
import { changes } from './changes'
import { exportState } from './export-state'
import { fetchRecords } from './fetch-records'
import { type Sleep } from './line'
import { type OfflineSessions } from './offline-session.server'
import { probe } from './probe'
import { productsOf } from './products-of'
import { reach } from './reach'
import { readExport } from './read-export'
import { startExport } from './start-export'

/** What readers of stores need. */
export interface StoreReaderDeps {
  sessions: OfflineSessions
  clock: Clock
  fetch: Fetch
  /** Ends all questions, those that wait for their turn too, when the process stops. */
  signal: AbortSignal
  sleep?: Sleep
}

/** Makes the readers of stores: one for a store, so that all who ask it share its budget. */
export function createStoreReaders(deps: StoreReaderDeps): StoreReaders {
  const readers = new Map<string, StoreReader>()
  return (store) => {
    const reader = readers.get(store) ?? createStoreReader(store, deps)
    readers.set(store, reader)
    return reader
  }
}

function createStoreReader(shop: string, deps: StoreReaderDeps): StoreReader {
  const { clock, signal, fetch, sleep = (ms, aborted) => pause(ms, undefined, { signal: aborted }) } = deps
  const ask = createAskAdmin({ ...deps, shop, budget: createBudget({ clock, sleep, signal }) })
  /** What was learned to be withheld, since it was last looked at. */
  let denied = new Set<string>()

  return {
    async reach() {
      const reached = await reach(ask)
      denied = new Set(Object.values(reached).flatMap((resource) => resource.denied))
      return reached
    },
    async startExport(selection) {
      const { fields } = await probe(ask, selection.resource)
      return startExport(ask, shop, selection, fields)
    },
    exportState: (exportId) => exportState(ask, exportId),
    cancelExport: (exportId) => cancelExport(ask, exportId),
    readExport: (from, given) => readExport(fetch, shop, from, given),
    fetchRecords: (resource, ids) => fetchRecords({ ask, resource, denied }, ids),
    productsOf: (itemIds) => productsOf(ask, itemIds),
    changes: (resource) => changes(ask, resource),
  }
}
