import { startProgram } from '../load/start-program'
import { type RawPlan, RawResult } from './raw-plan'

/** Posts from another process, as fast as the answers come. @throws Error when an answer was not 200 */
export async function runRawPosts(plan: RawPlan): Promise<RawResult> {
  const program = startProgram('limits/raw-posts.ts')
  program.tell(plan)
  const result = RawResult.parse(await program.message())
  if (result.failed > 0) throw new Error(`${result.failed} of the raw calls to ${plan.url} failed.`)
  return result
}
