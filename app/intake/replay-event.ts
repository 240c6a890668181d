import { type News } from '../contracts/news'
import { type EventOutcome } from '../contracts/states'
import { again, isTransient } from '../lib/again'
import { ParityError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { ensureShops } from '../shops/ensure-shops'
import { type CommitOptions, foresee, handleNews } from './commit-batch'
import { isFaultOfMember, whyNotStored } from './commit-safely'
import { type Incoming, payloadPurpose } from './event-row'
import { lockStoredEvent, noteReplay, type StoredEvent } from './stored-event'

/** What replaying an event needs. */
export interface ReplayOptions extends CommitOptions {
  logger: Logger
  clock: Clock
  /** What a stored webhook says, as its platform's mapper of today reads it. */
  map(event: StoredEvent, body: Uint8Array): News[]
}

/** What became of a replayed event. */
export interface ReplayedEvent {
  /** `unmapped` when it still cannot be understood. */
  outcome: EventOutcome
  detail: string | null
}

/**
 * Reads an event again that could not be understood when it came, and acts on what it says as intake would have. It keeps its row, its
 * place and its payload; what the SaaS has since been told stays, for its version decides.
 *
 * @throws ParityError `EVENT_MISSING`, `EVENT_MAPPED`, `PAYLOAD_FORGOTTEN`, `SHOP_NOT_INSTALLED` or `SEAL_BROKEN`; nothing is changed then
 */
export async function replayEvent(
  shopId: string,
  eventId: string,
  options: ReplayOptions,
): Promise<ReplayedEvent> {
  return again(() => replay(shopId, eventId, options))
}

async function replay(shopId: string, eventId: string, options: ReplayOptions): Promise<ReplayedEvent> {
  const { db, sealer, map } = options
  const body = await db.transaction(async (tx) => {
    const event = await lockStoredEvent(tx, shopId, eventId)
    return sealer.open(event.payload, payloadPurpose(event.id))
  })
  try {
    return await commit(shopId, eventId, (event) => map(event, body), options)
  } catch (error) {
    if (isRefusal(error) || isTransient(error) || !isFaultOfMember(error)) throw error
    const reason = whyNotStored(error)
    return commit(shopId, eventId, () => [{ kind: 'unmapped', reason }], options)
  }
}

/** One transaction, in intake's order: the event, then its records. */
function commit(
  shopId: string,
  eventId: string,
  read: (event: StoredEvent) => News[],
  options: ReplayOptions,
): Promise<ReplayedEvent> {
  const now = options.clock()
  return options.db.transaction(async (tx) => {
    const stored = await lockStoredEvent(tx, shopId, eventId)
    const shop = (await ensureShops(tx, [stored.store], { ...options, now })).get(stored.store)
    if (shop?.shopId !== shopId) throw notInstalled()
    const event = foresee(toIncoming(stored, read(stored)), shop)
    const changed = await handleNews(tx, [event], { ...options, by: 'replay' }, now)
    const { outcome, detail } = changed.get(event) ?? event
    tx.last(noteReplay(tx, event, { outcome, detail }, now))
    return { outcome, detail }
  })
}

function toIncoming({ id, payload, receivedAt, ...stored }: StoredEvent, news: News[]): Incoming {
  // Nobody reads the body of what is in the database already.
  return { id, payload, receivedAt, arrival: { ...stored, body: new Uint8Array(), news } }
}

const REFUSALS = ['EVENT_MISSING', 'EVENT_MAPPED', 'PAYLOAD_FORGOTTEN', 'SHOP_NOT_INSTALLED']

function isRefusal(error: unknown): boolean {
  return error instanceof ParityError && REFUSALS.includes(error.code)
}

function notInstalled(): ParityError {
  const words = 'The app is not installed in the shop of this event.'
  return new ParityError('SHOP_NOT_INSTALLED', { message: words, userMessage: words })
}
