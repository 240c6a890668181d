import { type StoreReaders } from '../contracts/store-reader'
import { type Database, type Sql } from '../db.server'
import { notifyQuestions } from '../jobs/due-signal.server'
import { type Queue } from '../jobs/queue.server'
import { ParityError, toError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { type Logger } from '../logger.server'
import { refreshReach } from './refresh-reach'

/** What finding out how far stores can be read needs. */
export interface DescribeReachOptions {
  db: Database
  queue: Queue
  clock: Clock
  logger: Logger
  readers: StoreReaders
}

/** Failures after which a person must act first; opening the app begins this anew. */
const NEED_PERSON = ['TOKEN_REFUSED', 'NOT_INSTALLED']

/**
 * Finds out how far the stores of a shop can be read, and lets what could not be asked be asked at once: they answer again.
 *
 * @throws ParityError when a store cannot be asked now, to be tried again
 */
export async function describeReach(shopId: string, options: DescribeReachOptions): Promise<void> {
  const { db, clock, logger, readers } = options
  for (const { id, account } of await readableSources(db, shopId)) {
    try {
      await refreshReach(options, id, readers(account), clock())
      await hastenQuestions(db, id, clock())
    } catch (error) {
      if (!(error instanceof ParityError) || !NEED_PERSON.includes(error.code)) throw error
      logger.warn({ err: toError(error), sourceConnectionId: id }, 'reach.unknown')
    }
  }
}

function readableSources(sql: Sql, shopId: string): Promise<{ id: string; account: string }[]> {
  return sql.query(
    `SELECT o."id", o."account" FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId"
     WHERE o."shopId" = $1 AND o."platform" = 'shopify' AND s."uninstalledAt" IS NULL`,
    [shopId],
  )
}

async function hastenQuestions(sql: Sql, sourceConnectionId: string, now: Date): Promise<void> {
  const hastened = await sql.query(
    `UPDATE "Question" SET "askAt" = $2 WHERE ("sourceConnectionId", "kind", "externalId") IN (
       SELECT "sourceConnectionId", "kind", "externalId" FROM "Question"
       WHERE "sourceConnectionId" = $1 AND "tries" > 0 AND "askAt" > $2
       ORDER BY "kind", "externalId" FOR NO KEY UPDATE)
     RETURNING "externalId"`,
    [sourceConnectionId, now],
  )
  if (hastened.length > 0) await notifyQuestions(sql, [sourceConnectionId])
}
