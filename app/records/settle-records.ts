import { type AttemptOutcome, type RecordState, type StateAfter } from '../contracts/states'
import { type Sql } from '../db.server'
import { boundCauses } from './bound-causes'
import { KNOWN_NO_MORE } from './delivered-known'
import { keepOvertaken, type Overtaken } from './keep-overtaken'

/** What a claim came to, for the record. */
export type Settlement =
  /** The SaaS has the desired state that was sent. */
  | ({ kind: 'delivered'; bodyHash: string; textHash: string | null; saasId: string | null } & LeftOut)
  /** The SaaS has had it all along; no call was made. */
  | ({ kind: 'same'; bodyHash: string } & LeftOut)
  /** Try again at that time. */
  | Later
  /** A person must look at it. `cause`: what it has in common with others, see cause.ts. */
  | { kind: 'dead'; code: string; words: string; cause: string }
  /** Not to be sent, on purpose. */
  | { kind: 'excluded'; words: string }

/** Of a record that the SaaS was to lose although the store has it: why it is left out from now on. */
interface LeftOut {
  leftOut?: string | undefined
}

/** What is to be tried again. */
export interface Later {
  kind: 'later'
  state: 'retrying' | 'held'
  dueAt: Date
  /** Before when it is not to be tried, also where the SaaS is seen to be well sooner; absent for no such time. */
  notBefore?: Date
  /** Whether the call counts as one of the record's failures. */
  counts: boolean
  code: string
  words: string
}

/** The claim of one record, and what it came to. */
export interface Settled {
  recordId: string
  claimId: string
  /** What was known when it was claimed and may be kept, sealed; null for nothing. Asked for only where it is kept. */
  known: () => Uint8Array | null
  /** The desired hash, the revision and the connection's generation that it was sent with. */
  sentHash: string
  revision: string
  generation: number
  settlement: Settlement
  /** Where no call was made: the generation under which the SaaS may have been given it before; null when it had nothing of it. */
  placedBefore?: number | null
  /** How the call ended; null when none was made. */
  attempt: EndedAttempt | null
}

/** How a call ended. */
export interface EndedAttempt {
  outcome: AttemptOutcome
  httpStatus: number | null
  code: string | null
  detail: string | null
  endedAt: Date
}

/**
 * Settles claims, and completes their attempts, in one statement; only the claim that holds a record can. Where desired has moved
 * meanwhile, or the connection has a new generation, the record waits again and is due at once, unless it is to be tried later: then it
 * keeps the schedule. What the SaaS has taken of a record that has moved on is kept, to be shown beside what it should have.
 *
 * @returns the states after it, by record; a record that another claim holds is not among them
 */
export async function settleRecords(
  sql: Sql,
  shopId: string,
  claims: Settled[],
  now: Date,
): Promise<Map<string, RecordState>> {
  const rows = (await boundCauses(sql, shopId, claims)).map(toRow)
  const column = <Key extends keyof SettledRow>(key: Key) => rows.map((row) => row[key])
  const settled = await sql.query<{ id: string; state: RecordState; isOvertaken: boolean }>(SETTLE, [
    shopId,
    now,
    BigInt(now.getTime()),
    ...COLUMNS.map(column),
  ])
  const overtaken = new Set(settled.filter(({ isOvertaken }) => isOvertaken).map(({ id }) => id))
  await keepOvertaken(sql, shopId, overtakenOf(claims, overtaken))
  return new Map(settled.map(({ id, state }) => [id, state]))
}

/** What was taken of what was known; a removal takes nothing of it. */
function overtakenOf(claims: Settled[], ids: ReadonlySet<string>): Overtaken[] {
  return claims.flatMap(({ recordId, sentHash, generation, known: knownOf, settlement }) => {
    const isRemoval = 'leftOut' in settlement && settlement.leftOut !== undefined
    const known = ids.has(recordId) && !isRemoval ? knownOf() : null
    return known === null ? [] : [{ recordId, sentHash, generation, known }]
  })
}

interface SettledRow {
  recordId: string
  claimId: string
  sentHash: string
  revision: string
  generation: number
  kind: Settlement['kind']
  state: StateAfter<'delivering'>
  dueAt: Date | null
  notBefore: Date | null
  counts: number
  code: string | null
  words: string | null
  cause: string | null
  bodyHash: string | null
  textHash: string | null
  saasId: string | null
  outcome: AttemptOutcome | null
  httpStatus: number | null
  attemptCode: string | null
  detail: string | null
  endedAt: Date | null
  placedBefore: number | null
}

const COLUMNS = [
  'recordId',
  'claimId',
  'sentHash',
  'revision',
  'generation',
  'kind',
  'state',
  'dueAt',
  'counts',
  'code',
  'words',
  'bodyHash',
  'saasId',
  'outcome',
  'httpStatus',
  'attemptCode',
  'detail',
  'endedAt',
  'notBefore',
  'textHash',
  'cause',
  'placedBefore',
] as const satisfies readonly (keyof SettledRow)[]

/** What a settlement that is silent on it leaves as it is. */
const SILENT = {
  dueAt: null,
  notBefore: null,
  code: null,
  words: null,
  cause: null,
  bodyHash: null,
  textHash: null,
  saasId: null,
  outcome: null,
  httpStatus: null,
  detail: null,
  endedAt: null,
  placedBefore: null,
}

function toRow({ settlement, attempt, known: _known, ...claim }: Settled): SettledRow {
  const { code: attemptCode = null, ...ended } = attempt ?? {}
  const row = { ...SILENT, ...ended, attemptCode, ...claim, ...settlement }
  switch (settlement.kind) {
    case 'delivered':
    case 'same': {
      const { leftOut } = settlement
      return {
        ...row,
        state: leftOut === undefined ? 'in_step' : 'excluded',
        words: leftOut ?? null,
        counts: 0,
      }
    }
    case 'later':
      return { ...row, state: settlement.state, counts: settlement.counts ? 1 : 0 }
    case 'dead':
      return { ...row, state: 'dead', counts: 1 }
    case 'excluded':
      return { ...row, state: 'excluded', counts: 0 }
  }
}

/** When the change happened that made a record what it should be, by the source's clock: see oldest-change.ts. Both are sortable, or empty. */
const DESIRED_CHANGED_AT = `COALESCE(NULLIF(r."desiredTriggeredAt", ''), NULLIF(r."desiredUpdatedAt", ''))::timestamptz`

/** `moved`: what was sent is not what is desired any more; `overtaken`: by news, whose change is the oldest that is not sent yet. A record that is sent again under another generation gets a revision of its own. */
const SETTLE = `
  WITH sent AS (
    SELECT s.*, c."generation" AS present FROM "SaasConnection" c
    CROSS JOIN unnest($4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::int[], $9::text[], $10::text[], $11::timestamptz[],
                      $12::int[], $13::text[], $14::text[], $15::text[], $16::text[],
                      $17::text[], $18::int[], $19::text[], $20::text[], $21::timestamptz[], $22::timestamptz[], $23::text[],
                      $24::text[], $25::int[])
      AS s(id, claim, hash, revision, generation, kind, state, due, counts, code, words, body, saas, outcome, http, attempt_code, detail,
           ended, not_before, text, cause, placed)
    WHERE c."shopId" = $1
  ), compared AS (
    SELECT s.*, r."sourceConnectionId" AS source, s.kind <> 'later' AND (r."desiredHash" IS DISTINCT FROM s.hash OR s.generation <> s.present) AS moved,
           s.kind IN ('delivered', 'same') AS taken, s.kind <> 'later' AND r."desiredHash" IS DISTINCT FROM s.hash AS overtaken
    FROM sent s JOIN "SyncRecord" r ON r."id" = s.id AND r."attemptId" = s.claim
    WHERE r."sourceConnectionId" = ANY (ARRAY(SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1))
    ORDER BY s.id FOR NO KEY UPDATE OF r
  ), ended AS (
    UPDATE "SyncAttempt" a SET "outcome" = s.outcome, "httpStatus" = s.http, "code" = s.attempt_code, "detail" = s.detail, "endedAt" = s.ended
    FROM compared s
    WHERE a."id" = s.claim AND a."sourceConnectionId" = s.source AND a."outcome" = 'in_flight' AND s.outcome IS NOT NULL
  )
  UPDATE "SyncRecord" r SET
    "state" = CASE WHEN s.moved THEN 'waiting' WHEN s.state = 'in_step' AND r."desiredAction" = 'deleted' THEN 'deleted' ELSE s.state END,
    "reason" = CASE WHEN NOT s.moved THEN s.words END,
    "dueAt" = CASE WHEN s.moved THEN $2::timestamptz ELSE s.due END, "notBefore" = s.not_before,
    "diedAt" = CASE WHEN s.kind = 'dead' AND NOT s.moved THEN $2::timestamptz ELSE r."diedAt" END,
    "cause" = CASE WHEN s.kind = 'dead' AND NOT s.moved THEN s.cause END,
    "revision" = CASE WHEN s.moved AND r."revision" = s.revision THEN GREATEST(r."revision" + 1, $3) ELSE r."revision" END,
    "attempts" = CASE WHEN s.moved OR s.taken OR s.kind = 'excluded' THEN 0 ELSE r."attempts" + s.counts END,
    "waitingSince" = CASE WHEN s.moved THEN $2::timestamptz WHEN s.taken OR s.kind = 'excluded' THEN NULL
                          ELSE COALESCE(r."waitingSince", $2::timestamptz) END,
    "changedAt" = CASE WHEN s.overtaken AND r."changedAt" IS NOT NULL THEN ${DESIRED_CHANGED_AT}
                       WHEN NOT s.moved AND (s.taken OR s.kind = 'excluded') THEN NULL ELSE r."changedAt" END,
    "lastErrorCode" = s.code, "lastError" = CASE WHEN s.kind IN ('later', 'dead') THEN s.words END,
    "placedGeneration" = CASE WHEN s.taken AND NOT s.moved AND r."desiredAction" = 'deleted' THEN NULL
                              WHEN s.outcome IS NULL AND NOT s.taken THEN s.placed ELSE r."placedGeneration" END,
    "deliveredHash" = CASE WHEN s.taken THEN s.hash END,
    "deliveredBodyHash" = CASE WHEN s.taken THEN s.body END,
    "deliveredGeneration" = CASE WHEN s.taken THEN s.generation ELSE r."deliveredGeneration" END,
    "deliveredKnown" = CASE WHEN NOT s.taken THEN r."deliveredKnown"
                            WHEN r."desiredHash" IS DISTINCT FROM s.hash OR s.state = 'excluded' THEN ${KNOWN_NO_MORE} END,
    "deliveredTextHash" = CASE WHEN s.kind = 'delivered' THEN s.text ELSE r."deliveredTextHash" END,
    "deliveredRevision" = CASE WHEN s.kind = 'delivered' THEN s.revision ELSE r."deliveredRevision" END,
    "deliveredAt" = CASE WHEN s.kind = 'delivered' THEN $2::timestamptz ELSE r."deliveredAt" END,
    "saasId" = COALESCE(s.saas, r."saasId"), "attemptId" = NULL, "updatedAt" = $2
  FROM compared s WHERE r."id" = s.id AND r."sourceConnectionId" = s.source
  RETURNING r."id", r."state", s.taken AND r."desiredHash" IS DISTINCT FROM s.hash AS "isOvertaken"`
