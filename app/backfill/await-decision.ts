import { type GoneCount } from './count-gone'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { wordsOfQuestion } from './run-words'

/** Has a run wait for a person to confirm what it would delete. */
export async function awaitDecision(
  { id }: Run,
  counts: GoneCount[],
  { db, logger }: RunPorts,
): Promise<void> {
  await db.query(
    `UPDATE "SyncRun" SET "state" = 'asking', "detail" = concat_ws(' ', "detail", $2::text) WHERE "id" = $1 AND "state" = 'running'`,
    [id, wordsOfQuestion(counts)],
  )
  logger.info({ runId: id, gone: counts }, 'run.asks')
}
