import { sha256 } from '~/lib/sha256'
import { type ReachView } from './presenters/reach.server'
import { type ReachNotice } from './urgent'

/**
 * What of a store is out of reach, as one piece of news in which each thing is said once; null when nothing is, or when that very news
 * has been put away. What it names does not hang on the order in which it was found.
 */
export function noticeOf(reach: ReachView[], dismissed: ReadonlySet<string>): ReachNotice | null {
  if (reach.length === 0) return null
  const words = [...new Set(reach.flatMap((each) => each.words ?? []))]
  const denied = [...new Set(reach.flatMap((each) => each.denied))]
  const told = JSON.stringify([[...words].sort(), [...denied].sort()])
  const notice = `reach/${sha256(told).slice(0, 16)}`
  return dismissed.has(notice) ? null : { words, denied, notice }
}
