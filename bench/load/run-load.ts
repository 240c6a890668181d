import { type Counts } from '../counts'
import { LoadResult, type Plan } from './plan'
import { startProgram } from './start-program'

/** Carries a plan out from another process. @throws Error when an answer was not 200: a refusal is faster than a promise. */
export async function runLoad(plan: Plan, counts: Counts): Promise<LoadResult> {
  const generator = startProgram('load/generator.ts')
  generator.tell(plan)
  const result = LoadResult.parse(await generator.message())
  counts.webhooks += result.acknowledged + result.failed
  counts.unacknowledged += result.failed
  if (result.failed > 0)
    throw new Error(`${result.failed} of the requests to ${plan.url} were not acknowledged.`)
  return result
}
