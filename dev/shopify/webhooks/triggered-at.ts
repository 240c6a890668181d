import { type Clock } from '../clock'
import { type Random } from '../random'

/** A clock that goes back by more was put back: those of machines are set right by less. */
const SET_RIGHT_MS = 1_000

/**
 * A source of trigger times with nine decimals, each later than the one before. Where the clock was put back they go back with it, as the
 * store's other times do: a deletion has no other time, and would be newer than all that comes after it.
 */
export function triggerTimes(clock: Clock, random: Random): () => string {
  let last = 0n
  let read = 0
  return () => {
    const ms = clock.now()
    const now = BigInt(ms) * 1_000_000n + BigInt(random.int(0, 999_999))
    const isPutBack = ms < read - SET_RIGHT_MS
    last = now > last || isPutBack ? now : last + BigInt(random.int(1_000, 90_000))
    read = ms
    const seconds = new Date(Number(last / 1_000_000n)).toISOString().slice(0, 19)
    return `${seconds}.${String(last % 1_000_000_000n).padStart(9, '0')}Z`
  }
}
