import { type PiiPolicy } from '../contracts/resource'
import { type ReadableResource } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { toError } from '../lib/errors'
import { type Known } from '../records/known'
import { openKnown } from '../records/sealed-known'
import { newestTime, staleParts } from '../records/stale-parts'
import { type AskOptions } from './ask-options'
import { type QuestionSet } from './claim-questions'

/** A record that the store is to be asked for, and how far it is known. */
export interface StaleRecord {
  externalId: string
  /** The update time of what is known, UTC text with nine decimals; empty when unknown. */
  updatedAt: string
  /** The newest of the source's times at which anything was said of it, likewise. */
  newestTime: string
}

/** Those records of a set of which something is stale. One whose stored state cannot be opened is left to delivery, which says so. */
export async function readStale(
  sql: Sql,
  { sourceConnectionId, kind, questions }: QuestionSet & { kind: ReadableResource },
  policy: PiiPolicy,
  { sealer, logger }: Pick<AskOptions, 'sealer' | 'logger'>,
): Promise<StaleRecord[]> {
  const rows = await sql.query<{ id: string; externalId: string; known: Uint8Array | null }>(
    `SELECT "id", "externalId", "known" FROM "SyncRecord"
     WHERE "sourceConnectionId" = $1 AND "resource" = $2 AND "externalId" = ANY($3)`,
    [sourceConnectionId, kind, questions.map(({ externalId }) => externalId)],
  )
  return rows.flatMap((row) => {
    try {
      const known = openKnown(row, policy, sealer)
      return staleParts(kind, known).length > 0 ? [toStale(row.externalId, known)] : []
    } catch (error) {
      logger.error({ err: toError(error), recordId: row.id }, 'questions.unreadable')
      return []
    }
  })
}

function toStale(externalId: string, known: Known): StaleRecord {
  return {
    externalId,
    updatedAt: known.parts.core?.asOf.updatedAt ?? '',
    newestTime: newestTime(known),
  }
}
