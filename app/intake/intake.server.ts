import { type Arrival } from '../contracts/arrival'
import { ParityError } from '../lib/errors'
import { BatcherFull, type BatcherLimits, createBatcher } from './batcher'
import { type Receipt } from './commit-batch'
import { commitSafely, type SafeCommitOptions } from './commit-safely'
import { type Incoming, toIncoming } from './event-row'

/**
 * Two commits at once, because one waits for the database most of its time; and both take their locks in one order, so that they cannot
 * deadlock.
 */
const LIMITS: BatcherLimits = { batch: 100, waiting: 2_000, commits: 2, crowd: 16 }

/** What intake is made of. */
export type IntakeOptions = SafeCommitOptions

/** Verified news → one transaction. */
export interface Intake {
  /**
   * Resolves when the event, what it means and when it is to be acted on are committed together. A redelivery changes nothing.
   *
   * @throws ParityError `INTAKE_UNAVAILABLE` when it could not be committed; nothing is half written
   */
  accept(arrival: Arrival): Promise<Receipt>
  /** Resolves when everything that was accepted is committed or refused. */
  idle(): Promise<void>
}

/** The intake of this process: what it accepts shares commits. */
export function createIntake(options: IntakeOptions): Intake {
  const batcher = createBatcher<Incoming, Receipt>((batch) => commitSafely(batch, options), LIMITS)

  return {
    async accept(arrival) {
      try {
        return await batcher.add(toIncoming(arrival, options.sealer, options.clock()))
      } catch (error) {
        throw unavailable(error)
      }
    },
    idle: () => batcher.idle(),
  }
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
