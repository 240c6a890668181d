import { type ClaimedRecord } from '../records/claim-records'
import { type Settled, type Settlement } from '../records/settle-records'
import { claimOf } from './claim-of'
import { type Lane } from './lane'
import { type Call } from './send-records'
import { attemptOf, tellAttempt } from './tell-attempts'

/** A claim that is settled without a call. */
export function withoutCall(lane: Lane, row: ClaimedRecord, settlement: Settlement): Settled {
  const { placedGeneration: placedBefore } = row
  const { generation } = lane.target.connection
  return { ...claimOf(lane, row, generation), settlement, placedBefore, attempt: null }
}

/** What was claimed and may not be sent now goes back as it was. */
export function putBack(lane: Lane, rows: ClaimedRecord[], because: string): void {
  const { target, options, settled } = lane
  const dueAt = options.clock()
  for (const row of rows) {
    const held = target.contexts.get(row.sourceConnectionId)?.heldBecause ?? null
    const words = held ?? because
    const state = held === null ? 'retrying' : 'held'
    const settlement = { kind: 'later', state, dueAt, counts: false, code: 'NOT_SENT', words } as const
    settled.push(withoutCall(lane, row, settlement))
  }
}

/** Makes no call after all: the claim took so long that its lease might end before the call does. */
export function giveUp(lane: Lane, { sends, traceId }: Call): void {
  const now = lane.options.clock()
  const detail = 'The database was too slow; the call was not made.'
  const attempt = { outcome: 'abandoned', httpStatus: null, code: 'TOO_LATE', detail, endedAt: now } as const
  const settlement = {
    kind: 'later',
    state: 'retrying',
    dueAt: now,
    counts: false,
    code: 'TOO_LATE',
    words: detail,
  } as const
  for (const { row } of sends) {
    tellAttempt(lane.options, { ...attemptOf(row, traceId), ...attempt, durationMs: null })
    lane.settled.push({ ...withoutCall(lane, row, settlement), attempt })
  }
}
