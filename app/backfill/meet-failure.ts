import { type ParityError } from '../lib/errors'
import { DAY_MS } from '../lib/time'
import { cancelReading } from '../shops/cancel-reading'
import { endRun } from './end-run'
import { goOnLater } from './change-slice'
import { failTry } from './fail-try'
import { type Step } from './next-step'
import { type Run, type Slice } from './read-run'
import { type RunPorts } from './run-ports'

const MINUTE_MS = 60_000
/** How long a run rests when its store does not answer, and when a person must first let it in again. */
const RESTS_MS: Record<string, number> = { SHOPIFY_UNREACHABLE: MINUTE_MS, TOKEN_REFUSED: 5 * MINUTE_MS }

/** For so long a run tries to begin. */
const BEGINNING_MS = 60 * MINUTE_MS
/** Failures of one file, and how long it is left alone after one. */
const BROKEN_OFF: readonly string[] = ['EXPORT_CUT', 'EXPORT_EXPIRED']
const GO_ON_MS = 5_000

/** How long a run that is to end rests after an answer that made no sense, and how long it goes on asking. */
const ODD_REST_MS = 5 * MINUTE_MS
const ODD_PATIENCE_MS = DAY_MS

/**
 * What a store's failure means for a run. Where the store cannot be asked now, the run rests, and loses nothing; where the app is not installed
 * any more, it is cancelled; where an answer makes no sense, its slice has failed this time, or the run asks again for a while.
 *
 * @returns before when the run is not to be worked on again; null for at once
 */
export async function meetFailure(
  run: Run,
  step: Step,
  error: ParityError,
  ports: RunPorts,
): Promise<Date | null> {
  const { db, clock, logger } = ports
  logger.warn({ err: error, runId: run.id, step: step.kind }, 'run.store_failed')
  const now = clock()
  const rest = restMs(run, step, error, now)
  if (rest !== null) {
    await say(run, error, ports)
    return new Date(now.getTime() + rest)
  }
  if (step.kind === 'tidy') return new Date(now.getTime() + MINUTE_MS)
  if (error.code === 'NOT_INSTALLED') {
    const which = { shopId: run.shopId, runId: run.id }
    await db.transaction((tx) => cancelReading(tx, which, error.userMessage, now))
    return null
  }
  const why = { code: error.code, words: error.userMessage }
  if (step.kind === 'read' && isWorthGoingOn(step.slice, error)) {
    await goOnLater(db, step.slice, why, new Date(now.getTime() + GO_ON_MS))
    return null
  }
  if ('slice' in step) await failTry(db, step.slice, why, now)
  else await endRun(run, { state: 'failed', words: error.userMessage }, ports)
  return null
}

/** For how long a run rests, for nothing to be lost; null where it does not. */
function restMs(
  { startedAt, confirmedAt }: Run,
  step: Step,
  { code }: ParityError,
  now: Date,
): number | null {
  const rest = RESTS_MS[code]
  if (rest !== undefined) return rest
  const isWithin = (ms: number, since: Date) => now.getTime() - since.getTime() < ms
  // An odd answer at the beginning has cost nothing yet, and nobody would begin the run again.
  if (step.kind === 'begin' && code !== 'NOT_INSTALLED')
    return isWithin(BEGINNING_MS, startedAt) ? MINUTE_MS : null
  // One when a run is to end may make sense later: what was read is not given up for it at once.
  const isOddEnd = step.kind === 'conclude' && code === 'SHOPIFY_ANSWER'
  return isOddEnd && isWithin(ODD_PATIENCE_MS, confirmedAt ?? startedAt) ? ODD_REST_MS : null
}

/** A file that broke off, or whose address has expired, may be whole the next time: unless it does so twice at one place. */
function isWorthGoingOn({ code }: Slice, error: ParityError): boolean {
  return BROKEN_OFF.includes(error.code) && !(code !== null && BROKEN_OFF.includes(code))
}

/** Lets a run say why it rests: its slices do while there is something to be read, and then the run. */
async function say({ id }: Run, { code, userMessage }: ParityError, { db }: RunPorts): Promise<void> {
  await db.query(
    `UPDATE "SyncSlice" SET "code" = $2, "detail" = $3 WHERE "runId" = $1 AND "endedAt" IS NULL AND NOT COALESCE("code" = ANY($4), false)`,
    [id, code, userMessage, BROKEN_OFF],
  )
  await db.query(
    `UPDATE "SyncRun" SET "rests" = $2 WHERE "id" = $1 AND "state" = 'running'
       AND NOT EXISTS (SELECT 1 FROM "SyncSlice" WHERE "runId" = $1 AND "endedAt" IS NULL)`,
    [id, userMessage],
  )
}
