import type fc from 'fast-check'
import { type Actor } from './inspect'
import { type World } from './world'

/** A command of fast-check. The world is on both sides of it: its store is the model, the rest is real. */
export type Happening = fc.AsyncCommand<World, World>

/** One thing that can happen to a world. Afterwards, everything is looked at. */
export function happening({
  words,
  isPossible = () => true,
  happen,
}: {
  /** What is printed of it when a run fails. */
  words: string
  isPossible?(world: World): boolean
  /** @returns who delivered meanwhile; nothing when nobody did */
  happen(world: World): Promise<Actor | void>
}): Happening {
  return {
    check: isPossible,
    toString: () => words,
    async run(_model, world) {
      await world.check((await happen(world)) ?? null)
    },
  }
}
