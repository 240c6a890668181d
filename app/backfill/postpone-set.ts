import { waitAfter } from '../lib/backoff'
import { isFaultOfMember } from '../intake/commit-safely'
import { ParityError, toError } from '../lib/errors'
import { type AskOptions } from './ask-options'
import { postponeQuestions, type QuestionSet } from './claim-questions'

const HOUR_MS = 60 * 60_000
/** Where a person must act before the store can be asked. */
const NEED_PERSON: readonly string[] = ['TOKEN_REFUSED', 'NOT_INSTALLED']
const OF_STORE: readonly string[] = ['SHOPIFY_UNREACHABLE', ...NEED_PERSON]

/**
 * Puts a set off that could not be asked: for an hour where a person must act first, otherwise for longer with each try in a row.
 *
 * @returns until when the store is to be left alone; null where only this set is at fault
 * @throws what the database threw, when it was the database
 */
export async function postponeSet(
  set: QuestionSet,
  error: unknown,
  { db, clock, logger }: AskOptions,
): Promise<Date | null> {
  if (isOfDatabase(error)) throw error
  const code = error instanceof ParityError ? error.code : ''
  const { sourceConnectionId, kind, questions } = set
  const about = { err: toError(error), sourceConnectionId, kind, questions: questions.length }
  if (code === 'SHOPIFY_UNREACHABLE') logger.warn(about, 'questions.postponed')
  else logger.error(about, 'questions.postponed')

  const now = clock().getTime()
  const needsPerson = NEED_PERSON.includes(code)
  const wait = (tries: number) => (needsPerson ? HOUR_MS : (waitAfter(tries + 1) ?? HOUR_MS))
  const until = questions.map(({ externalId, tries }) => ({ externalId, askAt: new Date(now + wait(tries)) }))
  await postponeQuestions(db, set, until)
  if (!OF_STORE.includes(code)) return null
  return new Date(Math.min(...until.map(({ askAt }) => askAt.getTime())))
}

/** Whether a set may have failed because of one of its records: neither the store nor the database was away, and no person has to act. */
export function mayBeOfRecord(error: unknown): boolean {
  const code = error instanceof ParityError ? error.code : ''
  return !isOfDatabase(error) && !OF_STORE.includes(code)
}

/** Errors of PostgreSQL and of connections carry a code that is none of ours; those of what was to be stored are the set's own. */
function isOfDatabase(error: unknown): boolean {
  return (
    error instanceof Error && !(error instanceof ParityError) && 'code' in error && !isFaultOfMember(error)
  )
}
