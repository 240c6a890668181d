import { type Reach, type Selection } from '../contracts/store-reader'
import { DAY_MS } from '../lib/time'

/** What of a selection can be read; or why none of it. */
export type WithinReach = { kind: 'all_of'; selection: Selection } | { kind: 'nothing'; words: string }

/** Narrows a selection to what the store lets be read of it. Pure. */
export function withinReach(selection: Selection, reach: Reach, now: Date): WithinReach {
  switch (reach.kind) {
    case 'all':
      return { kind: 'all_of', selection }
    case 'none':
      return { kind: 'nothing', words: reach.words }
    case 'since': {
      const first = new Date(now.getTime() - reach.days * DAY_MS)
      const { createdFrom, createdUntil } = selection
      if (createdUntil !== null && createdUntil <= first) return { kind: 'nothing', words: reach.words }
      const from = createdFrom !== null && createdFrom > first ? createdFrom : first
      return { kind: 'all_of', selection: { ...selection, createdFrom: from } }
    }
  }
}
