import { z } from 'zod'
import { again, isTransient, sqlState } from '../lib/again'
import { ParityError, toError } from '../lib/errors'
import { limit } from '../lib/limit'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { commitBatch, type CommitOptions, type Receipt } from './commit-batch'
import { type Incoming } from './event-row'

/** Shopify waits five seconds for an answer (its documentation of webhook delivery); the rest is for the way, and for the queue before us. */
const PATIENCE_MS = 4_000
/** How long a statement of a whole batch may take: what is left is for its members, each alone. */
const TOGETHER_MS = 1_500
/** How many members are committed alone at once: those whose record somebody else holds do not keep the others waiting. */
const ALONE_AT_ONCE = 4
/** The least that a statement is given: a healthy database takes a hundredth of it. */
const LEAST_MS = 300

/** What committing safely needs beside the batch itself. */
export interface SafeCommitOptions extends CommitOptions {
  clock: Clock
  logger: Logger
}

/**
 * Commits all together; when one of them is at fault, or somebody else holds what it is about, or makes it again and again at the same moment,
 * each alone, so that it does not fail its neighbours. Whoever cannot be committed while their sender listens is refused, and nothing of them is kept.
 *
 * @returns one settled receipt for each, in order
 * @throws what the database threw when nobody's data is at fault
 */
export async function commitSafely(
  batch: Incoming[],
  options: SafeCommitOptions,
): Promise<PromiseSettledResult<Receipt>[]> {
  try {
    const receipts = await commitWithRetry(batch, options, TOGETHER_MS)
    return receipts.map((value) => ({ status: 'fulfilled', value }))
  } catch (error) {
    const about = { err: toError(error), events: batch.length, sqlState: sqlState(error) }
    options.logger.error(about, 'intake.failed')
    if (!isFaultOfMember(error) && !isTimeOut(error) && !isTransient(error)) throw error

    const shareMs = (timeLeft(batch, options) * ALONE_AT_ONCE) / batch.length
    const inPlace = limit(ALONE_AT_ONCE)
    return Promise.allSettled(
      batch.map((member) => inPlace(() => commitAlone(member, options, shareMs, error))),
    )
  }
}

/**
 * What cannot be acted on is still kept as an event with the reason, to be seen and replayed.
 *
 * @throws what the database threw; `before`, what it threw of all together, when no time is left to try
 */
async function commitAlone(
  member: Incoming,
  options: SafeCommitOptions,
  shareMs: number,
  before: unknown,
): Promise<Receipt> {
  if (timeLeft([member], options) <= 0) throw before
  try {
    return first(await commitWithRetry([member], options, shareMs))
  } catch (error) {
    if (!isFaultOfMember(error)) throw error
    return first(await commitWithRetry([unmapped(member, error)], options, shareMs))
  }
}

async function commitWithRetry(
  batch: Incoming[],
  options: SafeCommitOptions,
  mostMs: number,
): Promise<Receipt[]> {
  return again(() => {
    const statementMs = Math.floor(Math.max(LEAST_MS, Math.min(mostMs, timeLeft(batch, options))))
    return commitBatch(batch, options, options.clock(), statementMs)
  })
}

/** For how many milliseconds the sender who has waited longest still listens; less than none when they have gone. */
function timeLeft(batch: Incoming[], { clock }: SafeCommitOptions): number {
  const oldest = Math.min(...batch.map(({ receivedAt }) => receivedAt.getTime()))
  return oldest + PATIENCE_MS - clock().getTime()
}

function first([receipt]: Receipt[]): Receipt {
  return receipt!
}

function unmapped({ arrival, ...incoming }: Incoming, error: unknown): Incoming {
  return { ...incoming, arrival: { ...arrival, news: [{ kind: 'unmapped', reason: whyNotStored(error) }] } }
}

/** Why an event could not be acted on, in words without its data. */
export function whyNotStored(error: unknown): string {
  return `What it says could not be stored (${sqlState(error) || toError(error).name}).`
}

/** A statement took longer than it may: somebody holds what one member is about, or the database is slow. */
function isTimeOut(error: unknown): boolean {
  return sqlState(error) === '57014'
}

/** What our own code throws about the data of one member, as against what a database throws that is away. */
const OWN_FAULTS = [ParityError, z.ZodError, RangeError, SyntaxError, TypeError]

/**
 * One member's data is at fault: SQLSTATE classes 22 (data exception), 23 (integrity) and 54 (too long, for an index too), or our own
 * code could not take it.
 */
export function isFaultOfMember(error: unknown): boolean {
  return OWN_FAULTS.some((type) => error instanceof type) || /^(2[23]|54)/.test(sqlState(error))
}
