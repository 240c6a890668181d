/** Early in the morning, when few people buy. */
const QUIET_HOURS = [2, 3, 4]

/** Whether it is a quiet hour where a shop is; where that is not known, by UTC. Pure. */
export function isQuietHour(timeZone: string | null, now: Date): boolean {
  return QUIET_HOURS.includes(hourOf(timeZone ?? 'UTC', now))
}

function hourOf(timeZone: string, now: Date): number {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' })
    return Number(format.format(now))
  } catch {
    // A time zone that this machine does not know.
    return now.getUTCHours()
  }
}
