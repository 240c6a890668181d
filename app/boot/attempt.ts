import { toError } from '../lib/errors'
import { logger } from '../logger.server'

/** Begins what nobody waits for, and what is tried again anyway. A failure is logged. */
export function attempt(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => logger().error({ err: toError(error) }, 'schedule.failed'))
}
