import { toError } from '~/lib/errors'
import { type Clock } from '~/lib/time'
import { type Cost } from './graphql-answer'
import { createLine, type Sleep } from './line'
import { createPoints } from './points'

/** How many questions are under way at once at most: more would not be answered sooner, as the points are what limits. */
const MOST_AT_ONCE = 4
/** How long nobody asks after a refusal that does not say how long. */
const QUIET_MS = 1_000

/** What became of a question: its answer, or that the points were used up and nothing was done. Null: the store said nothing of them. */
export type Spent<T> =
  | { kind: 'answered'; value: T; cost: Cost | null }
  | { kind: 'throttled'; cost: Cost | null; waitMs?: number }

/** Lets questions to one store through as its budget of points allows. */
export interface Budget {
  /**
   * Asks when it is this question's turn. Questions go in the order of their calls; one that was throttled goes again before all others.
   *
   * @param kind under which it is learned what such a question costs
   * @throws what `ask` throws, and the signal's reason when that is aborted while the question waits
   */
  spend<T>(kind: string, ask: () => Promise<Spent<T>>): Promise<T>
}

export interface BudgetDeps {
  clock: Clock
  sleep: Sleep
  /** Ends all that waits. */
  signal: AbortSignal
}

/** The budget of one store. Everything in this process that asks the store shares it. */
export function createBudget({ clock, sleep, signal }: BudgetDeps): Budget {
  const now = () => clock().getTime()
  const points = createPoints()
  let quietUntil = 0

  const join = createLine({
    sleep,
    signal,
    waitMs(kind, underWay) {
      // Until the store has told what its budget is, one question finds out.
      const mostAtOnce = points.isKnown() ? MOST_AT_ONCE : 1
      return underWay >= mostAtOnce ? Infinity : Math.max(quietUntil - now(), points.waitMs(kind, now()))
    },
  })

  /** @returns the answer; null when the question was throttled */
  async function attempt<T>(kind: string, ask: () => Promise<Spent<T>>): Promise<{ value: T } | null> {
    const settle = points.reserve(kind)
    let cost: Cost | null = null
    try {
      const spent = await ask()
      cost = spent.cost
      if (spent.kind === 'answered') return spent
      quietUntil = now() + (spent.waitMs ?? QUIET_MS)
      return null
    } finally {
      settle(cost, now())
    }
  }

  return {
    spend: (kind, ask) =>
      new Promise((resolve, reject) => {
        const giveUp = (reason: unknown) => reject(toError(reason))
        join({
          kind,
          giveUp,
          start: () =>
            attempt(kind, ask)
              .then((answer) => {
                if (answer) resolve(answer.value)
                return answer === null
              })
              .catch((error: unknown) => {
                giveUp(error)
                return false
              }),
        })
      }),
  }
}
