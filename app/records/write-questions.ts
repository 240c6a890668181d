import { type Resource } from '../contracts/resource'
import { type Sql } from '../db.server'
import { notifyQuestions } from '../jobs/due-signal.server'

/** What a store is asked about: a record, or an inventory item, which leads to a product. */
export type QuestionKind = Exclude<Resource, 'message'> | 'inventory_item'

/** Something that a store is to be asked about. */
export interface Question {
  sourceConnectionId: string
  kind: QuestionKind
  externalId: string
  askAt: Date
  /** When something was said of the inventory item (the source's time); null for records, which keep it themselves. */
  hintedAt: string | null
}

/**
 * Notes what is to be asked, and tells the workers. A question that is there already is asked at the earlier of the two times; one that
 * somebody asks just now is so asked again, for the answer under way may be older than the reason.
 */
export async function writeQuestions(tx: Sql, questions: Question[]): Promise<void> {
  if (questions.length === 0) return
  const each = merged(questions)
  const column = <Key extends keyof Question>(key: Key) => each.map((question) => question[key])
  await Promise.all([
    // In one order, so that two transactions cannot deadlock.
    tx.query(
      `INSERT INTO "Question" AS q ("sourceConnectionId", "kind", "externalId", "askAt", "hintedAt")
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) AS n(source, kind, external, at, hinted)
       ORDER BY source, kind, external
       ON CONFLICT ("sourceConnectionId", "kind", "externalId") DO UPDATE SET
         "askAt" = LEAST(q."askAt", EXCLUDED."askAt"), "hintedAt" = GREATEST(q."hintedAt", EXCLUDED."hintedAt")`,
      [
        column('sourceConnectionId'),
        column('kind'),
        column('externalId'),
        column('askAt'),
        column('hintedAt'),
      ],
    ),
    notifyQuestions(tx, column('sourceConnectionId')),
  ])
}

/** Each thing once: PostgreSQL changes a row once in a statement. */
function merged(questions: Question[]): Question[] {
  const byKey = new Map<string, Question>()
  for (const question of questions) {
    const key = `${question.sourceConnectionId}/${question.kind}/${question.externalId}`
    const other = byKey.get(key) ?? question
    const askAt = other.askAt < question.askAt ? other.askAt : question.askAt
    byKey.set(key, { ...question, askAt, hintedAt: newer(other.hintedAt, question.hintedAt) })
  }
  return [...byKey.values()]
}

function newer(a: string | null, b: string | null): string | null {
  return a === null || b === null ? (a ?? b) : a > b ? a : b
}
