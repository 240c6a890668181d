import { type Verdict } from '../judge'
import { type Act } from './act'
import { playBackfill } from './backfill-act'
import { playDigest } from './digest-act'
import { playNarrowed } from './narrowed-act'
import { playReconciliation } from './reconcile-act'
import { openWorld, type WorldOptions } from './world'

/** What the processes said that was not well, and how much of it a failure carries. */
const UNWELL = /"level":[456]0/
const MOST_UNWELL = 20

/** What the proof of the whole store came to. */
export interface WholeStoreResult {
  seed: number
  seconds: number
  acts: Act[]
  /** What holds for the processes in all of them. */
  verdict: Verdict
  /** What every process said. */
  said: string
}

/**
 * The proof that the whole store is in step: four acts over one store that was there before the app.
 *
 * @param isLight whether the light reconciliation is played, which begins two minutes after the last change
 * @throws Error when it cannot be played to the end
 */
export async function playWholeStore(
  options: WorldOptions & { isLight: boolean },
): Promise<WholeStoreResult> {
  const began = Date.now()
  const world = await openWorld(options)
  try {
    const acts = [
      await playBackfill(world),
      await playReconciliation(world, options.isLight),
      await playDigest(world),
      await playNarrowed(world),
    ]
    const disorderly = await world.fleet.stop()
    return {
      seed: options.seed,
      seconds: (Date.now() - began) / 1_000,
      acts,
      verdict: { 'no process ended by itself': [...world.fleet.collapses, ...disorderly] },
      said: world.fleet.said(),
    }
  } catch (error) {
    const unwell = world.fleet
      .said()
      .split('\n')
      .filter((line) => UNWELL.test(line))
      .slice(-MOST_UNWELL)
    const message = ['The whole store could not be played to the end.', ...unwell].join('\n')
    throw new Error(message, { cause: error })
  } finally {
    await world.fleet.stop()
    await world.close()
  }
}
