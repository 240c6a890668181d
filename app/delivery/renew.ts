import { type Connection, type DeliveryTarget, isSameAccess } from '../shops/read-delivery-target'
import { type Lane, storedKnowledge } from './lane'
import { fullPace, type Pace } from './pace'
import { createThrottle } from './throttle'

/** Gives a lane what is now known of its connection. What has another place or key has a health of its own. */
export function renew(lane: Lane, target: DeliveryTarget): void {
  const { connection: before } = lane.target
  const { connection } = target
  const now = lane.options.clock()
  lane.target = target
  if (!isSameAccess(connection, before)) {
    Object.assign(lane, storedKnowledge(target, now))
    lane.noted = { ...lane.noted, standing: lane.standing }
    return
  }
  if (connection.concurrency !== before.concurrency) lane.pace = withinLimit(lane.pace, before, connection)
  if (connection.callsPerSecond !== before.callsPerSecond)
    lane.throttle = createThrottle(connection.callsPerSecond, now)
  if ((before.batchLimitAskedAt ?? 0) > (connection.batchLimitAskedAt ?? 0)) {
    // What this lane has asked or found out is not noted yet.
    connection.batchLimit = before.batchLimit
    connection.batchLimitAskedAt = before.batchLimitAskedAt
  }
}

/** A pace under another limit: what was all that was allowed is so again, and what the SaaS has slowed down stays so. */
function withinLimit(pace: Pace, before: Connection, { concurrency }: Connection): Pace {
  if (pace.window >= before.concurrency) return { ...fullPace(concurrency), quietUntil: pace.quietUntil }
  return { ...pace, window: Math.min(pace.window, concurrency) }
}
