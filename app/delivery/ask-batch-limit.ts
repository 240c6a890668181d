import { randomBytes, randomUUID } from 'node:crypto'
import { toError } from '../lib/errors'
import { callSaas } from '../saas/call-saas'
import { DIALECTS } from '../saas/dialects'
import { noteBatchLimit } from '../shops/note-batch-limit'
import { type Lane } from './lane'
import { resolveAccess } from './resolve-access'

/** How long an answer holds. */
const ANSWER_MS = 60 * 60_000
/** It says how many, or that it knows no such question. */
const ANSWERS = [200, 404, 405, 501]

/**
 * Asks the SaaS how many records it takes in one call, where the dialect has such a thing and the last answer is old. Deliveries do not
 * wait for it: from the answer on they travel together. Never throws.
 */
export function askBatchLimit(lane: Lane): void {
  const { connection } = lane.target
  const { batchLimitAskedAt: askedAt, dialect } = connection
  const now = lane.options.clock()
  const { batch } = DIALECTS[dialect]
  if (!batch || (askedAt && now.getTime() - askedAt.getTime() < ANSWER_MS)) return

  // Noted at once, so that one lane asks once.
  connection.batchLimitAskedAt = now
  lane.asking = ask(lane, now).catch((error: unknown) =>
    lane.options.logger.warn({ err: toError(error) }, 'delivery.batch_limit_unknown'),
  )
}

async function ask(lane: Lane, now: Date): Promise<void> {
  const { target, options, shopId } = lane
  const { batch } = DIALECTS[target.connection.dialect]
  const access = resolveAccess(target, options)
  if (!batch || access.kind === 'none') return

  const answer = await callSaas(batch.limitRequest, {
    ...access,
    idempotencyKey: randomUUID(),
    traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    now,
  })
  // A SaaS that says nothing, or speaks of something else, has not said that it takes one at a time: the next lane asks again.
  if (answer.kind === 'silence' || !ANSWERS.includes(answer.status)) return
  const { generation } = target.connection
  await noteBatchLimit(options.db, { shopId, generation }, batch.limit(answer), now)
}
