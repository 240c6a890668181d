import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'
import { READING_KINDS, type ReadingKind } from './start-reading'

/** A run of a shop. */
export interface RunOfShop {
  shopId: string
  runId: string
}

/** A shop's run that reads, or read, its store. @throws ParityError `RUN_MISSING`; a run of another shop is not there either */
export async function findRun(
  tx: Sql,
  { shopId, runId }: RunOfShop,
): Promise<{ sourceConnectionId: string; kind: ReadingKind }> {
  const [run] = await tx.query<{ sourceConnectionId: string; kind: ReadingKind }>(
    `SELECT r."sourceConnectionId", r."kind" FROM "SyncRun" r JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId"
     WHERE r."id" = $2 AND o."shopId" = $1 AND r."kind" = ANY($3)`,
    [shopId, runId, READING_KINDS],
  )
  if (!run) throw runRefusal('RUN_MISSING')
  return run
}

const REFUSALS = {
  RUN_MISSING: 'There is no such run.',
  RUN_ENDED: 'It has ended already.',
  RUN_NOT_ASKING: 'It does not ask for anything any more.',
} as const

/** Why nothing was done to a run. */
export function runRefusal(code: keyof typeof REFUSALS): ParityError {
  return new ParityError(code, { message: REFUSALS[code], userMessage: REFUSALS[code] })
}
