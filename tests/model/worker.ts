import { randomUUID } from 'node:crypto'
import { createLane, type Lane, type LaneOptions, roomForCalls } from '~/delivery/lane'
import { createLaneSignal } from '~/delivery/lane-signal'
import { settleCalls } from '~/delivery/settle-calls'
import { startCalls } from '~/delivery/start-calls'
import { readDeliveryTarget } from '~/shops/read-delivery-target'
import { type Pulse } from './pulse'
import { createTurnstile } from './turnstile'

/** More statements than a worker needs between two answers. */
export const ALL = 99

/** A worker that delivers in steps. It asks for no lane: that no two calls overlap must not depend on it. */
export interface Worker {
  /** Unique: who comes after one that died has another. */
  name: string
  /** The claims that it won. */
  claims: Set<string>
  /**
   * Goes on by so many statements: settles what has ended, else claims and calls at most so many records. Resolves where the worker
   * stands before a statement again, or has nothing more to do until an answer comes.
   */
  go(statements: number, records: number): Promise<void>
  /** Resolves when it has heard the answers that were given. */
  hear(): Promise<void>
  /** Whether it has something in hand that would be left behind. */
  isBusy(): boolean
}

export interface WorkerOptions extends Omit<LaneOptions, 'environmentKey'> {
  shopId: string
  pulse: Pulse
  /** How many of its calls have arrived and wait for an answer. */
  callsOf(worker: string): number
}

export function createWorker(name: string, options: WorkerOptions): Worker {
  const { pulse, shopId, db } = options
  const turnstile = createTurnstile(db, pulse.beat)
  const laneOptions: LaneOptions = { ...options, db: turnstile.db, environmentKey: () => name }
  const signal = createLaneSignal({ bell: { ring: pulse.beat, wait: () => Promise.resolve(false) } })
  let lane: Lane | null = null
  let turning: Promise<void> | null = null
  let failure: unknown = null

  const hasArrived = () => lane === null || lane.calls.size === options.callsOf(name)
  const hear = () => pulse.until(`the calls of ${name} have arrived or ended`, hasArrived)

  return {
    name,
    claims: new Set(),
    hear,
    isBusy: () => turning !== null || lane !== null,
    async go(statements, records) {
      turnstile.allow(statements)
      turning ??= turn(records)
        .catch((error: unknown) => (failure = error))
        .then(() => {
          turning = null
          pulse.beat()
        })
      const stands = () => turnstile.isBlocked() || (turning === null && hasArrived())
      await pulse.until(`${name} stands`, stands)
      turnstile.allow(0)
      if (failure) throw failure as Error
    },
  }

  async function turn(records: number): Promise<void> {
    lane ??= await takeUp()
    if (!lane) return
    if (lane.ended.length + lane.settled.length > 0) return settleCalls(lane)
    const room = Math.min(records, roomForCalls(lane))
    if (room > 0) await startCalls(lane, room)
    // What it knows of the connection is read anew when it has nothing in hand.
    if (lane.calls.size + lane.ended.length + lane.settled.length === 0) lane = null
  }

  async function takeUp(): Promise<Lane | null> {
    const target = await readDeliveryTarget(db, shopId)
    return target && createLane(randomUUID(), target, signal, laneOptions)
  }
}
