import { z } from 'zod'
import { type Arrival } from '../contracts/arrival'
import { ParityError, toError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { BatcherFull, createBatcher } from './batcher'
import { commitBatch, type CommitOptions, type Receipt } from './commit-batch'
import { type Incoming, toIncoming } from './event-row'

/** How many webhooks one commit carries at most, and how many may wait for theirs. */
const LIMITS = { batch: 100, waiting: 2_000 }
const TRIES = 3

export interface IntakeOptions extends CommitOptions {
  clock: Clock
  logger: Logger
}

/** Verified news → one transaction. */
export interface Intake {
  /**
   * Resolves when the event, what it means and the job to act on it are committed together. A redelivery changes nothing.
   *
   * @throws ParityError `INTAKE_UNAVAILABLE` when it could not be committed; nothing is half written
   */
  accept(arrival: Arrival): Promise<Receipt>
  /** Resolves when everything that was accepted is committed or refused. */
  idle(): Promise<void>
}

export function createIntake(options: IntakeOptions): Intake {
  const { clock, logger, sealer } = options
  const batcher = createBatcher<Incoming, Receipt>(commitOrSplit, LIMITS)

  return {
    async accept(arrival) {
      try {
        return await batcher.add(toIncoming(arrival, sealer, clock()))
      } catch (error) {
        throw unavailable(error)
      }
    },
    idle: () => batcher.idle(),
  }

  /** Commits all together; when one of them is at fault, each alone, so that it does not fail its neighbours. */
  async function commitOrSplit(batch: Incoming[]): Promise<PromiseSettledResult<Receipt>[]> {
    try {
      const receipts = await commitWithRetry(batch)
      return receipts.map((value) => ({ status: 'fulfilled', value }))
    } catch (error) {
      logger.error({ err: toError(error), events: batch.length, sqlState: sqlState(error) }, 'intake.failed')
      if (!isFaultOfMember(error)) throw error
      const results: PromiseSettledResult<Receipt>[] = []
      for (const member of batch) results.push(...(await Promise.allSettled([commitAlone(member)])))
      return results
    }
  }

  /** What cannot be acted on is still kept as an event with the reason, to be seen and replayed. */
  async function commitAlone(member: Incoming): Promise<Receipt> {
    try {
      return first(await commitWithRetry([member]))
    } catch (error) {
      if (!isFaultOfMember(error)) throw error
      return first(await commitWithRetry([unmapped(member, error)]))
    }
  }

  async function commitWithRetry(batch: Incoming[], tries = TRIES): Promise<Receipt[]> {
    try {
      return await commitBatch(batch, options, clock())
    } catch (error) {
      if (tries > 1 && isTransient(error)) return commitWithRetry(batch, tries - 1)
      throw error
    }
  }
}

function first([receipt]: Receipt[]): Receipt {
  return receipt!
}

function unmapped({ arrival, ...incoming }: Incoming, error: unknown): Incoming {
  const reason = `What it says could not be stored (${codeOf(error)}).`
  return { ...incoming, arrival: { ...arrival, news: [{ kind: 'unmapped', reason }] } }
}

/** Deadlock and serialization failures: the same again will do. */
function isTransient(error: unknown): boolean {
  return ['40P01', '40001'].includes(sqlState(error))
}

/** One member's data is at fault: SQLSTATE classes 22 (data exception) and 23 (integrity), or our own code could not take it. */
function isFaultOfMember(error: unknown): boolean {
  const isOwn = [ParityError, z.ZodError, RangeError, SyntaxError, TypeError].some(
    (type) => error instanceof type,
  )
  return isOwn || /^2[23]/.test(sqlState(error))
}

function codeOf(error: unknown): string {
  return sqlState(error) || toError(error).name
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function unavailable(cause: unknown): ParityError {
  return new ParityError('INTAKE_UNAVAILABLE', {
    message:
      cause instanceof BatcherFull
        ? 'Too many webhooks wait for their commit.'
        : 'The webhook could not be committed.',
    userMessage: 'Parity cannot take webhooks at the moment. The sender will try again.',
    cause,
  })
}
