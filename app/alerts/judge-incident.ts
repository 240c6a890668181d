const MINUTE_MS = 60_000

/** An incident is told when it has lasted this long: what passes by itself in less is nobody's to mend. */
export const CERTAIN_AFTER_MS = 2 * MINUTE_MS
/** An incident is over when nothing was seen of it for this long: what comes back sooner is the same one. */
export const OVER_AFTER_MS = 5 * MINUTE_MS

/** An incident that is open. */
export interface OpenIncident {
  openedAt: Date
  /** When it was last seen. */
  seenAt: Date
  /** When it was told; null when it was not yet. */
  toldAt: Date | null
}

/** What is to be done about one kind of incident; `tells` when people are to hear of it. */
export type Judgement =
  { kind: 'nothing' } | { kind: 'open' } | { kind: 'see'; tells: boolean } | { kind: 'close'; tells: boolean }

/** How it stands with what an incident would be about: whether it is so, or whether nobody wants to know, as after a disconnection. */
export type Standing = 'bad' | 'good' | 'unwatched'

/**
 * Judges one kind of incident of a shop: whether it begins, goes on or is over, and whether that is told, which it is once for each
 * incident and, if its beginning was told, once more for its end. Pure.
 *
 * What a person has put an end to, as by pausing or disconnecting, is over without a word: they know.
 *
 * @param open the open incident of that kind; null when there is none
 */
export function judgeIncident(standing: Standing, open: OpenIncident | null, now: Date): Judgement {
  if (open === null) return { kind: standing === 'bad' ? 'open' : 'nothing' }
  if (standing === 'unwatched') return { kind: 'close', tells: false }
  if (standing === 'bad')
    return { kind: 'see', tells: open.toldAt === null && since(open.openedAt, now) >= CERTAIN_AFTER_MS }
  if (since(open.seenAt, now) < OVER_AFTER_MS) return { kind: 'nothing' }
  return { kind: 'close', tells: open.toldAt !== null }
}

function since(then: Date, now: Date): number {
  return now.getTime() - then.getTime()
}
