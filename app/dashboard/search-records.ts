import { keptSearch } from './kept-search'
import { type RecordsView } from './presenters/records.server'

/** Takes POST; the text travels in the body. */
export const SEARCH_PATH = '/app/records/search'

/**
 * Asks for the records of an address that has the key of what is looked for. To be called in the browser.
 *
 * @returns null where the tab keeps nothing under the key, or the search was refused
 * @throws TypeError when the server cannot be reached
 */
export async function searchRecords({ url, signal }: Request): Promise<RecordsView | null> {
  const fields = new URL(url).searchParams
  const search = keptSearch(fields.get('q') ?? '')
  if (search === null) return null

  const answer = await fetch(SEARCH_PATH, { method: 'POST', body: searchFields(fields, search), signal })
  return answer.ok ? ((await answer.json()) as RecordsView) : null
}

/** What the search is asked with: the parameters of an address, and the text that these have a key of. */
export function searchFields(params: URLSearchParams, search: string): URLSearchParams {
  return new URLSearchParams([...params, ['search', search]])
}
