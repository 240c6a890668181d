import { z } from 'zod'
import { ParityError, toError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { commitBatch, type CommitOptions, type Receipt } from './commit-batch'
import { type Incoming } from './event-row'

const TRIES = 3

export interface SafeCommitOptions extends CommitOptions {
  clock: Clock
  logger: Logger
}

/**
 * Commits all together; when one of them is at fault, each alone, so that it does not fail its neighbours.
 *
 * @returns one settled receipt for each, in order
 * @throws what the database threw when nobody's data is at fault
 */
export async function commitSafely(
  batch: Incoming[],
  options: SafeCommitOptions,
): Promise<PromiseSettledResult<Receipt>[]> {
  try {
    const receipts = await commitWithRetry(batch, options)
    return receipts.map((value) => ({ status: 'fulfilled', value }))
  } catch (error) {
    const about = { err: toError(error), events: batch.length, sqlState: sqlState(error) }
    options.logger.error(about, 'intake.failed')
    if (!isFaultOfMember(error)) throw error

    const results: PromiseSettledResult<Receipt>[] = []
    for (const member of batch) results.push(...(await Promise.allSettled([commitAlone(member, options)])))
    return results
  }
}

/** What cannot be acted on is still kept as an event with the reason, to be seen and replayed. */
async function commitAlone(member: Incoming, options: SafeCommitOptions): Promise<Receipt> {
  try {
    return first(await commitWithRetry([member], options))
  } catch (error) {
    if (!isFaultOfMember(error)) throw error
    return first(await commitWithRetry([unmapped(member, error)], options))
  }
}

async function commitWithRetry(
  batch: Incoming[],
  options: SafeCommitOptions,
  tries = TRIES,
): Promise<Receipt[]> {
  try {
    return await commitBatch(batch, options, options.clock())
  } catch (error) {
    if (tries > 1 && isTransient(error)) return commitWithRetry(batch, options, tries - 1)
    throw error
  }
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

/** Deadlock and serialization failures: the same again will do. */
export function isTransient(error: unknown): boolean {
  return ['40P01', '40001'].includes(sqlState(error))
}

/** What our own code throws about the data of one member, as against what a database throws that is away. */
const OWN_FAULTS = [ParityError, z.ZodError, RangeError, SyntaxError, TypeError]

/** One member's data is at fault: SQLSTATE classes 22 (data exception), 23 (integrity) and 54 (too long, for an index too), or our own code could not take it. */
export function isFaultOfMember(error: unknown): boolean {
  return OWN_FAULTS.some((type) => error instanceof type) || /^(2[23]|54)/.test(sqlState(error))
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
