import { ParityError } from '../lib/errors'
import { replayEvent, type ReplayOptions } from './replay-event'
import { nextStretch, type Stretch } from './stored-event'

/** Which events are meant: those of a source that came in a while and could not be understood. */
export interface UnmappedSince {
  shopId: string
  sourceConnectionId: string
  since: Date
  /** When the command was given. */
  until: Date
}

/** What became of them. */
export interface ReplayedEvents {
  /** How many are understood now. */
  mapped: number
  /** How many are still not. */
  unmapped: number
  /** Where to go on; null when that was all. */
  next: Date | null
}

/**
 * Replays, in the order in which they came and each for itself, the events that could not be understood. Going on from `next`, or
 * beginning anew, does no harm. Events whose payload has been deleted are passed by.
 *
 * @param signal aborted when it is to end after the event in hand
 * @throws what the database throws
 */
export async function replayEvents(
  meant: UnmappedSince,
  options: ReplayOptions,
  signal?: AbortSignal,
): Promise<ReplayedEvents> {
  const counts = { mapped: 0, unmapped: 0 }
  let after: Stretch['end'] = null
  do {
    const stretch: Stretch = await nextStretch(options.db, meant.sourceConnectionId, { ...meant, after })
    for (const { id, receivedAt } of stretch.meant) {
      if (signal?.aborted) return { ...counts, next: receivedAt }
      const outcome = await replayOne(meant.shopId, id, options)
      if (outcome !== 'passed_by') counts[outcome]++
    }
    after = stretch.end
  } while (after && !signal?.aborted)
  return { ...counts, next: after?.receivedAt ?? null }
}

async function replayOne(
  shopId: string,
  id: string,
  options: ReplayOptions,
): Promise<'mapped' | 'unmapped' | 'passed_by'> {
  try {
    const { outcome } = await replayEvent(shopId, id, options)
    return outcome === 'unmapped' ? 'unmapped' : 'mapped'
  } catch (error) {
    // Replayed by somebody else meanwhile, forgotten meanwhile, or sealed with a key that is lost: the others go on.
    if (!(error instanceof ParityError)) throw error
    options.logger.warn({ code: error.code, eventId: id }, 'event.not_replayed')
    return 'passed_by'
  }
}
