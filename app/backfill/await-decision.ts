import { type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { type DeletionQuestion, wordsOfQuestion } from './run-words'

/** Has a run wait for a person to confirm what it would delete. The SaaS is compared meanwhile: it may be days. */
export async function awaitDecision(
  { id, sourceConnectionId }: Run,
  question: DeletionQuestion,
  { db, queue, logger }: RunPorts,
): Promise<void> {
  await db.query(
    `UPDATE "SyncRun" SET "state" = 'asking', "detail" = concat_ws(' ', "detail", $2::text) WHERE "id" = $1 AND "state" = 'running'`,
    [id, wordsOfQuestion(question)],
  )
  await queue.send('compareDigest', [{ sourceConnectionId }], db)
  logger.info({ runId: id, gone: question.counts }, 'run.asks')
}
