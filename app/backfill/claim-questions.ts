import { type Sql } from '../db.server'
import { type QuestionKind } from '../records/write-questions'

/** The most that one call may ask for. */
const MOST = 50
/** How long a claim protects a question: longer than most answers take. After it, anyone may ask again. */
const HOLD_MS = 30_000

/** A question in hand. */
export interface HeldQuestion {
  externalId: string
  /** How often in a row the store could not be asked. */
  tries: number
  hintedAt: string | null
}

/** Questions of one kind, to be asked together. */
export interface QuestionSet {
  sourceConnectionId: string
  kind: QuestionKind
  questions: HeldQuestion[]
  /** What holds them: when the hold ends. One that is to be asked again meanwhile has another time. */
  heldUntil: Date
}

/** Claims a set of a source's questions of one kind that are due, the newest first; null when none is. */
export async function claimQuestions(
  sql: Sql,
  sourceConnectionId: string,
  kind: QuestionKind,
  now: Date,
): Promise<QuestionSet | null> {
  const heldUntil = new Date(now.getTime() + HOLD_MS)
  const questions = await sql.query<HeldQuestion & { [column: string]: unknown }>(
    `WITH due AS MATERIALIZED (
       SELECT "externalId" FROM "Question" WHERE "sourceConnectionId" = $1 AND "kind" = $2 AND "askAt" <= $3
       ORDER BY "askAt" DESC LIMIT ${MOST} FOR NO KEY UPDATE SKIP LOCKED
     )
     UPDATE "Question" q SET "askAt" = $4 FROM due
     WHERE q."sourceConnectionId" = $1 AND q."kind" = $2 AND q."externalId" = due."externalId"
     RETURNING q."externalId", q."tries", q."hintedAt"`,
    [sourceConnectionId, kind, now, heldUntil],
  )
  return questions.length === 0 ? null : { sourceConnectionId, kind, questions, heldUntil }
}

/** Removes questions that were answered, or need none; those that are to be asked again meanwhile stay. */
export async function dropQuestions(tx: Sql, set: QuestionSet, externalIds: string[]): Promise<void> {
  if (externalIds.length === 0) return
  // In one order, as they are written, so that two transactions cannot deadlock.
  await tx.query(
    `WITH answered AS MATERIALIZED (
       SELECT "externalId" FROM "Question"
       WHERE "sourceConnectionId" = $1 AND "kind" = $2 AND "externalId" = ANY($3) AND "askAt" = $4
       ORDER BY "externalId" FOR UPDATE
     )
     DELETE FROM "Question" q USING answered
     WHERE q."sourceConnectionId" = $1 AND q."kind" = $2 AND q."externalId" = answered."externalId"`,
    [set.sourceConnectionId, set.kind, externalIds, set.heldUntil],
  )
}

/** Puts questions off, each until a time of its own, and counts the try; those that are to be asked again meanwhile stay as they are. */
export async function postponeQuestions(
  tx: Sql,
  set: QuestionSet,
  until: { externalId: string; askAt: Date }[],
): Promise<void> {
  if (until.length === 0) return
  const sorted = [...until].sort((a, b) => (a.externalId < b.externalId ? -1 : 1))
  await tx.query(
    `WITH later AS MATERIALIZED (
       SELECT q."externalId", n.at FROM unnest($3::text[], $5::timestamptz[]) AS n(external, at)
       JOIN "Question" q ON q."sourceConnectionId" = $1 AND q."kind" = $2 AND q."externalId" = n.external AND q."askAt" = $4
       ORDER BY q."externalId" FOR NO KEY UPDATE OF q
     )
     UPDATE "Question" q SET "askAt" = later.at, "tries" = q."tries" + 1 FROM later
     WHERE q."sourceConnectionId" = $1 AND q."kind" = $2 AND q."externalId" = later."externalId"`,
    [
      set.sourceConnectionId,
      set.kind,
      sorted.map(({ externalId }) => externalId),
      set.heldUntil,
      sorted.map(({ askAt }) => askAt),
    ],
  )
}

/** When the next of a source's questions is to be asked; null when none is. One step down an index. */
export async function nextQuestionAt(sql: Sql, sourceConnectionId: string): Promise<Date | null> {
  const [next] = await sql.query<{ askAt: Date }>(
    `SELECT "askAt" FROM "Question" WHERE "sourceConnectionId" = $1 ORDER BY "askAt" LIMIT 1`,
    [sourceConnectionId],
  )
  return next?.askAt ?? null
}
