import { useState } from 'react'

/** What a person has selected of a list: some of its rows, or all that it would show, page after page. */
export interface Selection {
  /** The ids of the selected rows that are shown. */
  ids: string[]
  isSelected(id: string): boolean
  /** Whether all rows that are shown are selected. */
  isPage: boolean
  /** Whether what other pages show is selected, too. */
  isMatching: boolean
  isEmpty: boolean
  toggle(id: string): void
  /** Selects all rows that are shown, or none where all are selected. */
  togglePage(): void
  selectMatching(): void
  clear(): void
}

interface Selected {
  list: string
  ids: ReadonlySet<string>
  isMatching: boolean
}

/**
 * Keeps a selection of the rows of a list. It ends with the list that it is of: another page or filter begins with none.
 *
 * @param list names the list, and the page of it
 * @param shown the ids of the rows that are shown
 */
export function useSelection(list: string, shown: readonly string[]): Selection {
  const [kept, setSelected] = useState<Selected>(() => none(list))
  const selected = kept.list === list ? kept : none(list)
  const ids = shown.filter((id) => selected.isMatching || selected.ids.has(id))
  const select = (some: Iterable<string>) => setSelected({ list, ids: new Set(some), isMatching: false })
  const isPage = shown.length > 0 && ids.length === shown.length
  return {
    ids,
    isSelected: (id) => ids.includes(id),
    isPage,
    isMatching: selected.isMatching,
    isEmpty: ids.length === 0,
    toggle: (id) => select(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]),
    togglePage: () => select(isPage ? [] : shown),
    selectMatching: () => setSelected({ list, ids: new Set(shown), isMatching: true }),
    clear: () => select([]),
  }
}

function none(list: string): Selected {
  return { list, ids: new Set(), isMatching: false }
}
