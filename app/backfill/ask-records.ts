import { type RecordNews, type StateNews } from '../contracts/news'
import { type RecordContext } from '../contracts/record-context'
import { type FetchedRecords, type ReadableResource } from '../contracts/store-reader'
import { SHORT_WAITS, waitAfter } from '../lib/backoff'
import { justAfter } from '../lib/time'
import { unlessAborted } from '../lib/unless-aborted'
import { noteDenied } from '../shops/note-denied'
import { type AskOptions } from './ask-options'
import { dropQuestions, postponeQuestions, type QuestionSet } from './claim-questions'
import { foldNewsOf } from './fold-news-of'
import { readStale, type StaleRecord } from './read-stale'

/** Questions about records. */
type RecordSet = QuestionSet & { kind: ReadableResource }

/**
 * Asks for everything of those records of a set of which something is still stale, and folds what the store answers. What it does not have
 * is left to its deletion, or to a look at the whole store.
 */
export async function askRecords(
  set: RecordSet,
  { store, piiPolicy }: RecordContext,
  options: AskOptions,
  signal: AbortSignal,
): Promise<void> {
  const { db, readers, clock, logger } = options
  const stale = await readStale(db, set, piiPolicy, options)
  const isStale = new Set(stale.map(({ externalId }) => externalId))
  const others = set.questions.map(({ externalId }) => externalId).filter((id) => !isStale.has(id))
  await dropQuestions(db, set, others)
  if (stale.length === 0) return

  const answer = await unlessAborted(readers(store).fetchRecords(set.kind, [...isStale]), signal)
  if (!answer) return
  for (const { externalId, words } of answer.unread)
    logger.warn(
      { sourceConnectionId: set.sourceConnectionId, resource: set.kind, externalId, words },
      'questions.unread',
    )
  const read = readAnswer(set, stale, answer)
  await foldNewsOf(set.sourceConnectionId, { news: read.news, tellsOfChanges: false }, options, (tx, now) => {
    tx.last(dropQuestions(tx, set, read.answered))
    tx.last(postponeQuestions(tx, set, later(read.behind, clock())))
    tx.last(noteDenied(tx, set.sourceConnectionId, set.kind, answer.denied, now))
  })
}

interface ReadAnswer {
  news: RecordNews[]
  answered: string[]
  /** What the store told of as it was before what is known, or not at all. */
  behind: { externalId: string; tries: number }[]
}

function readAnswer(
  { questions, kind }: RecordSet,
  stale: StaleRecord[],
  answer: FetchedRecords,
): ReadAnswer {
  const states = new Map(answer.states.map((state) => [state.externalId, state]))
  const gone = new Set(answer.gone)
  const tries = new Map(questions.map((question) => [question.externalId, question.tries]))
  const read: ReadAnswer = { news: [], answered: [], behind: [] }
  for (const record of stale) {
    const { externalId } = record
    const state = states.get(externalId)
    const tried = tries.get(externalId) ?? 0
    if (isBehind(record, state, gone) && tried < SHORT_WAITS) {
      read.behind.push({ externalId, tries: tried })
      continue
    }
    // An answer is newer than whatever was known when it was asked for; the store tells the time of an answer to the second only.
    const askedAt = laterOf(state?.version.triggeredAt ?? '', justAfter(record.newestTime))
    if (state) read.news.push({ ...state, version: { ...state.version, triggeredAt: askedAt } })
    read.news.push({ kind: 'asked', resource: kind, externalId, askedAt })
    read.answered.push(externalId)
  }
  return read
}

/** Whether another of the store's replicas is further than the one that answered. It is believed when it says so again and again. */
function isBehind(
  { externalId, updatedAt }: StaleRecord,
  state: StateNews | undefined,
  gone: Set<string>,
): boolean {
  return state ? state.version.updatedAt < updatedAt : !gone.has(externalId)
}

function later(behind: ReadAnswer['behind'], now: Date): { externalId: string; askAt: Date }[] {
  return behind.map(({ externalId, tries }) => ({
    externalId,
    askAt: new Date(now.getTime() + (waitAfter(tries + 1) ?? 0)),
  }))
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b
}
