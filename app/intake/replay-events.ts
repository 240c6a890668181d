import { ParityError } from '../lib/errors'
import { replayEvent, type ReplayOptions } from './replay-event'
import { nextStretch, type Stretch } from './stored-event'

/** How long events are replayed at a stretch: others want their turn, and a process that stops should not wait long. */
const STRETCH_MS = 10_000

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
 * Replays, in the order in which they came and each for itself, the events that could not be understood. Works for a while; going on from
 * `next`, or beginning anew, does no harm. Events whose payload has been deleted are passed by.
 *
 * @throws what the database throws
 */
export async function replayEvents(meant: UnmappedSince, options: ReplayOptions): Promise<ReplayedEvents> {
  const { db, clock } = options
  const end = clock().getTime() + STRETCH_MS
  const counts = { mapped: 0, unmapped: 0 }
  let after: Stretch['end'] = null
  do {
    const stretch: Stretch = await nextStretch(db, meant.sourceConnectionId, { ...meant, after })
    for (const id of stretch.ids) {
      const outcome = await replayOne(meant.shopId, id, options)
      if (outcome !== 'passed_by') counts[outcome]++
    }
    after = stretch.end
  } while (after && clock().getTime() < end)
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
