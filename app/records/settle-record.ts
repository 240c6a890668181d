import { type RecordState } from '../contracts/states'
import { type Sql } from '../db.server'

/** What a claim came to, for the record. */
export type Settlement =
  /** The SaaS has the desired state that was sent. */
  | {
      kind: 'delivered'
      hash: string
      bodyHash: string
      revision: string
      generation: number
      saasId: string | null
    }
  /** The SaaS has had it all along; no call was made. */
  | { kind: 'same'; hash: string; bodyHash: string }
  /** Try again at that time. `counts`: whether the call counts as one of the record's failures. */
  | { kind: 'later'; state: 'retrying' | 'held'; dueAt: Date; counts: boolean; code: string; words: string }
  /** A person must look at it. */
  | { kind: 'dead'; code: string; words: string }
  /** Not to be sent, on purpose. */
  | { kind: 'excluded'; words: string }

/**
 * Settles the claim of an attempt; only the attempt that holds the record can. Where desired has moved meanwhile the record
 * waits again and is due at once, unless the SaaS could not be reached: then it keeps the schedule.
 *
 * @param sentHash the desired hash that was read when the record was claimed
 * @returns the state after it; null when another attempt holds the record
 */
export async function settleRecord(
  sql: Sql,
  claim: { recordId: string; attemptId: string; sentHash: string },
  settlement: Settlement,
  now: Date,
): Promise<RecordState | null> {
  const { set, values } = assignments(settlement)
  const [row] = await sql.query<{ state: RecordState }>(
    `UPDATE "SyncRecord" SET ${set}, "attemptId" = NULL, "updatedAt" = $3
     WHERE "id" = $1 AND "attemptId" = $2 RETURNING "state"`,
    [claim.recordId, claim.attemptId, now, claim.sentHash, ...values],
  )
  return row?.state ?? null
}

const MOVED = `"desiredHash" IS DISTINCT FROM $4::text`
const DUE_IF_MOVED = `"dueAt" = CASE WHEN ${MOVED} THEN $3::timestamptz END`
const IN_STEP = `"state" = CASE WHEN ${MOVED} THEN 'waiting' WHEN "desiredAction" = 'deleted' THEN 'deleted' ELSE 'in_step' END,
  ${DUE_IF_MOVED}, "waitingSince" = CASE WHEN ${MOVED} THEN $3::timestamptz END,
  "reason" = NULL, "attempts" = 0, "lastErrorCode" = NULL, "lastError" = NULL`

function assignments(settlement: Settlement): { set: string; values: unknown[] } {
  switch (settlement.kind) {
    case 'delivered': {
      const { hash, bodyHash, revision, generation, saasId } = settlement
      return {
        set: `${IN_STEP}, "deliveredHash" = $5, "deliveredBodyHash" = $6, "deliveredRevision" = $7, "deliveredGeneration" = $8,
              "deliveredAt" = $3, "saasId" = COALESCE($9, "saasId")`,
        values: [hash, bodyHash, revision, generation, saasId],
      }
    }
    case 'same':
      return {
        set: `${IN_STEP}, "deliveredHash" = $5, "deliveredBodyHash" = $6`,
        values: [settlement.hash, settlement.bodyHash],
      }
    case 'later': {
      const { state, dueAt, counts, code, words } = settlement
      return {
        set: `"state" = $5, "dueAt" = $6, "attempts" = "attempts" + $7, "reason" = $9, "lastErrorCode" = $8, "lastError" = $9,
              "waitingSince" = COALESCE("waitingSince", CASE WHEN ${MOVED} THEN $3::timestamptz END)`,
        values: [state, dueAt, counts ? 1 : 0, code, words],
      }
    }
    case 'dead': {
      const { code, words } = settlement
      return {
        set: `"state" = CASE WHEN ${MOVED} THEN 'waiting' ELSE 'dead' END, ${DUE_IF_MOVED},
              "attempts" = CASE WHEN ${MOVED} THEN 0 ELSE "attempts" + 1 END, "reason" = CASE WHEN ${MOVED} THEN NULL ELSE $6 END,
              "lastErrorCode" = $5, "lastError" = $6`,
        values: [code, words],
      }
    }
    case 'excluded':
      return {
        set: `"state" = CASE WHEN ${MOVED} THEN 'waiting' ELSE 'excluded' END, ${DUE_IF_MOVED},
              "reason" = CASE WHEN ${MOVED} THEN NULL ELSE $5 END, "attempts" = 0,
              "waitingSince" = CASE WHEN ${MOVED} THEN $3::timestamptz END`,
        values: [settlement.words],
      }
  }
}
