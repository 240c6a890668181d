import { type Selection } from '~/contracts/store-reader'
import { renderSelection } from './render-selection'
import { searchText } from './search-text'
import { READABLE } from './selections/readable'

/**
 * The query of an export. It keeps Shopify's rules for bulk queries: children under `edges { node }`, at most five connections, nested at
 * most twice, none of them inside a list, and an `id` in whatever has children.
 *
 * @param denied the fields to leave out: a single one that is denied makes the whole operation fail
 */
export function exportQuery(selection: Selection, denied: ReadonlySet<string>): string {
  const { list, exported } = READABLE[selection.resource]
  const search = searchText(selection)
  const found = search === '' ? list : `${list}(query: ${JSON.stringify(search)})`
  return `{ ${found} { edges { node { ${renderSelection(exported, 'bulk', denied)} } } } }`
}
