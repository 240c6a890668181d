/** More than who lost a race needs: the next time, what others have made is there. */
const TRIES = 5

/** Somebody else did at the same moment what a transaction was about to do. It comes to nothing; begun anew, it sees what they did. */
export class LostRace extends Error {
  /** As of PostgreSQL's serialization failures. */
  readonly code = '40001'

  constructor() {
    super('Another transaction was faster.')
  }
}

/** Does a transaction anew that lost a race, up to five times in all. @throws what it threw last */
export async function again<Result>(transaction: () => Promise<Result>, tries = TRIES): Promise<Result> {
  try {
    return await transaction()
  } catch (error) {
    if (tries > 1 && isTransient(error)) return again(transaction, tries - 1)
    throw error
  }
}

/** Deadlock and serialization failures: the same again will do. */
export function isTransient(error: unknown): boolean {
  return ['40P01', '40001'].includes(sqlState(error))
}

/** The SQLSTATE of an error of PostgreSQL; empty for any other. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
