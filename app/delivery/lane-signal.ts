import { createDoorbell, type Doorbell } from '../lib/doorbell'

/** How a lane is spoken to while it runs, and what it says to who runs it. */
export interface LaneSignal {
  bell: Doorbell
  /** Whether something was said to be due since the lane last looked. */
  isDue: boolean
  /** Whether it is to finish what is in hand and begin nothing new. */
  isResting: boolean
  /** Whether it waits with nothing in hand: rung, it gives its place to another that is wanted. */
  isIdle: boolean
  /** Whether other lanes wait for its place. */
  isWanted(): boolean
  /** Told when the lane is to be looked at again: a retry's time, or a probe's. */
  wakeAt(at: Date): void
  /** Told when nothing is to be begun before that time, whatever is due: the SaaS asked for it. */
  sleepUntil(at: Date): void
}

/** The signal of a lane that begins: nobody wants its place, and nobody hears what it says, but for what is given. */
export function createLaneSignal(
  given: Partial<Pick<LaneSignal, 'bell' | 'isWanted' | 'wakeAt' | 'sleepUntil'>> = {},
): LaneSignal {
  return {
    bell: createDoorbell(),
    isDue: false,
    isResting: false,
    isIdle: false,
    isWanted: () => false,
    wakeAt: () => undefined,
    sleepUntil: () => undefined,
    ...given,
  }
}
