import { mayBeInAddress } from './records-query'

/** For browsers that give a page within another site no storage: as long as the document lives. */
const ofDocument = new Map<string, string>()

/**
 * Keeps what a person looks for in this tab, and says what stands for it in an address: itself where it is an id; else a random key, as
 * it may be somebody's name. It is there until the tab is closed, so that going back and loading anew find it.
 */
export function keepSearch(search: string): string {
  if (mayBeInAddress(search)) return search
  const key = `kept-${crypto.randomUUID()}`
  ofDocument.set(key, search)
  withStorage((storage) => storage.setItem(key, search))
  return key
}

/** What is kept under a key; null where this tab keeps nothing under it. */
export function keptSearch(key: string): string | null {
  return ofDocument.get(key) ?? withStorage((storage) => storage.getItem(key)) ?? null
}

/** Storage throws where it is forbidden, or full. */
function withStorage<Result>(task: (storage: Storage) => Result): Result | null {
  try {
    return task(sessionStorage)
  } catch {
    return null
  }
}
