import { type Clock } from '../clock'
import { type Random } from '../random'

/** A source of trigger times with nine decimals, each later than the one before. */
export function triggerTimes(clock: Clock, random: Random): () => string {
  let last = 0n
  return () => {
    const now = BigInt(clock.now()) * 1_000_000n + BigInt(random.int(0, 999_999))
    last = now > last ? now : last + BigInt(random.int(1_000, 90_000))
    const seconds = new Date(Number(last / 1_000_000n)).toISOString().slice(0, 19)
    return `${seconds}.${String(last % 1_000_000_000n).padStart(9, '0')}Z`
  }
}
