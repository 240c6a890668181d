/** How hard a lane is pressed: whether more is due than its connection takes. */
export interface Pressure {
  /** Since when every claim has left something behind; null while none does. In milliseconds since 1970. */
  fullSince: number | null
  /** Until when it counts as pressed because the SaaS asked for patience, likewise. */
  until: number
}

/** The pressure of a lane that has just begun. */
export const NO_PRESSURE: Pressure = { fullSince: null, until: 0 }

/** A lane that has left something behind for so long is pressed. */
const FULL_MS = 1_000
/** For so long after the SaaS has asked for patience. */
const MEMORY_MS = 10_000
/** How long a record that was just delivered lets others go first: in a lane that is full at the moment, and in one that is pressed. */
export const GIVE_WAY_MS = { full: 1_000, pressed: 15_000 } as const

/** The pressure after a claim. Pure. @param isFull whether the claim took all that it might: more may be due */
export function afterClaim({ fullSince, until }: Pressure, isFull: boolean, now: Date): Pressure {
  return { fullSince: isFull ? (fullSince ?? now.getTime()) : null, until }
}

/** The pressure after the SaaS has asked for patience. Pure. */
export function afterPatience(pressure: Pressure, now: Date): Pressure {
  return { ...pressure, until: now.getTime() + MEMORY_MS }
}

/** Whether the SaaS has asked for patience a moment ago. */
export function isPressed({ until }: Pressure, now: Date): boolean {
  return now.getTime() < until
}

/**
 * How recently delivered a record lets others go first, so that one that keeps changing does not take the turns of those that wait for
 * their first; in milliseconds. 0 while there is room for all: then every change is sent at once.
 */
export function giveWayMs(pressure: Pressure, now: Date): number {
  const { fullSince } = pressure
  if (isPressed(pressure, now)) return GIVE_WAY_MS.pressed
  if (fullSince === null) return 0
  return now.getTime() - fullSince < FULL_MS ? GIVE_WAY_MS.full : GIVE_WAY_MS.pressed
}
