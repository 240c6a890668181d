import { type Death, type SeenSend } from '../evidence'

/** How long after a process's death a call still counts as broken off by it, in milliseconds. */
const SOON_MS = 2_000

/** A record whose call was broken off by a death, and how long it took until it was called again. */
interface Return {
  record: string
  member: string
  /** Null when nobody called again. */
  afterMs: number | null
}

/** What became of every call that a death broke off. Calls that met a fault of the SaaS are its own business. */
export function returnsOf(deaths: readonly Death[], sends: readonly SeenSend[]): Return[] {
  const byRecord = Map.groupBy(sends, ({ record }) => record)
  return sends.flatMap((send) => {
    if (send.status !== null || send.fault !== null || send.endedAt === null) return []
    const endedAt = send.endedAt
    const death = deaths.find(({ at }) => at <= endedAt && endedAt <= at + SOON_MS)
    if (!death) return []
    const next = byRecord.get(send.record)?.find(({ startedAt }) => startedAt > endedAt)
    return [{ record: send.record, member: death.member, afterMs: next ? next.startedAt - death.at : null }]
  })
}

/** Every return that took longer than that, or never came. */
export function lateReturns(returns: readonly Return[], withinMs: number): string[] {
  return returns
    .filter(({ afterMs }) => afterMs === null || afterMs > withinMs)
    .map(({ record, member, afterMs }) => {
      const after = afterMs === null ? 'never' : `after ${(afterMs / 1000).toFixed(1)} s`
      return `${record}: its call was broken off by the death of ${member}, and made again ${after}`
    })
}
