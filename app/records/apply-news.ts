import { type DesiredBy } from '../contracts/desired-by'
import { type RecordNews } from '../contracts/news'
import { type EventOutcome } from '../contracts/states'
import { compareVersions, type Version } from '../contracts/version'
import { type Transaction } from '../db.server'
import { type Sealer } from '../lib/sealing'
import { applyPiiPolicy } from './apply-pii-policy'
import { questionAbout } from './asking'
import { composeRecord, type Desired, desiredHash } from './compose-record'
import { foldNews } from './fold-news'
import { insertRecords, type MadeRecord } from './insert-records'
import { ASKING_MS, nextState } from './next-state'
import { changedAtOf, oldestChange } from './oldest-change'
import { type DesiredChange, type RecordRow } from './record-row'
import { changedTerms } from './record-terms'
import { openKnown, sealKnown } from './sealed-known'
import { type NewsOfRecord, type TakenRecord } from './take-records'
import { type ChangedRecord, writeChanges } from './write-changes'
import { type Question, writeQuestions } from './write-questions'
import { type RecordTerms, writeTerms } from './write-terms'

/** News with its place in the batch. */
interface Member extends NewsOfRecord {
  index: number
}

/** What became of each piece of news, in the order given, and where something is to be delivered now or in a moment. */
export interface Applied {
  outcomes: EventOutcome[]
  /** The shops that have a record among these that is due, or will be when the store has been asked. */
  dueShops: Set<string>
}

/** What folding news needs. */
export interface ApplyOptions {
  sealer: Sealer
  now: Date
  /** Where the news comes from. */
  by: DesiredBy
  /** Whether it tells of changes, whose lateness counts; and not of what is there, as an export or an answer does. */
  tellsOfChanges: boolean
  /** When what is to be sent is due, for it to go behind what is due later; now unless given. */
  promisedAt?: Date
}

/**
 * Folds a batch of news into its records, inside the caller's transaction: each record's news in version order. What changed is
 * written in one statement, with the COMMIT; so is what the store is to be asked of them. For records that are made it waits, for somebody
 * else may have made them meanwhile.
 *
 * @param taken the records of the news, and perhaps others
 * @throws LostRace when somebody has; the transaction is to be begun anew
 */
export async function applyNews(
  tx: Transaction,
  taken: TakenRecord[],
  batch: NewsOfRecord[],
  options: ApplyOptions,
): Promise<Applied> {
  const byRecord = groupByRecord(batch)
  const outcomes = new Array<EventOutcome>(batch.length)
  const dueShops = new Set<string>()
  const made: MadeRecord[] = []
  const changes: ChangedRecord[] = []
  const questions: Question[] = []
  const called: RecordTerms[] = []
  const soon = new Date(options.now.getTime() + ASKING_MS)
  for (const record of taken) {
    const { row, context, isNew } = record
    const members = byRecord.get(row.id) ?? []
    const { change, steps, question, terms } = foldRecord(record, members, options)
    members.forEach(({ index }, position) => (outcomes[index] = steps[position] ?? 'outdated'))
    if (change && isNew) made.push({ row, change })
    else if (change) changes.push({ id: row.id, sourceConnectionId: row.sourceConnectionId, change })
    if (question) questions.push(question)
    if (terms) called.push(wordsOf(row, terms))
    // Also when it was due before and nothing changed: a claim may have passed it by while it was locked here.
    const { dueAt } = change ?? row
    if (dueAt && dueAt <= (question ? soon : options.now)) dueShops.add(context.shopId)
  }
  const making = insertRecords(tx, made, options)
  tx.last(writeChanges(tx, changes, options))
  tx.last(writeQuestions(tx, questions))
  tx.last(writeTerms(tx, called))
  await making
  return { outcomes, dueShops }
}

function wordsOf({ id: recordId, sourceConnectionId, known }: RecordRow, terms: string[]): RecordTerms {
  return { recordId, sourceConnectionId, terms, isFirst: known === null }
}

/** The news of each record, in the order of the batch. */
function groupByRecord(batch: NewsOfRecord[]): Map<string, Member[]> {
  const groups = new Map<string, Member[]>()
  batch.forEach((item, index) => {
    const group = groups.get(item.recordId)
    if (group) group.push({ ...item, index })
    else groups.set(item.recordId, [{ ...item, index }])
  })
  return groups
}

interface FoldedRecord {
  /** Null when nothing changed. */
  change: DesiredChange | null
  /** The outcome of each piece of news, in the order given. */
  steps: EventOutcome[]
  /** What the store is to be asked of it; null for nothing, or nothing new. */
  question: Question | null
  /** The words that it is found by from now on; null where they are as before. */
  terms: string[] | null
}

/** One record's news, folded in version order. */
function foldRecord(
  { row, context }: TakenRecord,
  members: Member[],
  { sealer, now, tellsOfChanges, promisedAt }: ApplyOptions,
): FoldedRecord {
  if (members.length === 0) return { change: null, steps: [], question: null, terms: null }
  const identity = { ...context, resource: row.resource, externalId: row.externalId }
  const before = openKnown(row, context.piiPolicy, sealer)

  const steps = new Array<EventOutcome>(members.length)
  const told: Date[] = []
  let known = before
  let desired = composeRecord(identity, known)
  for (const index of inVersionOrder(members)) {
    const folded = foldNews(known, applyPiiPolicy(members[index]!.news, context.piiPolicy), now.toISOString())
    const isContent = folded.known !== known && saysContent(members[index]!.news)
    const next = isContent ? composeRecord(identity, folded.known) : desired
    steps[index] = outcomeOf(members[index]!.news, folded.outdated, desired, next)
    const changedAt = saysNew(steps[index], folded.known !== known) ? changedAtOf(members[index]!.news) : null
    if (tellsOfChanges && changedAt) told.push(changedAt)
    known = folded.known
    desired = next
  }
  if (known === before) {
    // A hint that is known already may have lost its question: to an uninstallation, or while its resource was not mirrored.
    const isHinted = members.some(({ news }) => news.kind === 'hint')
    const question = isHinted ? questionAbout(row, known, context, now) : null
    return { change: null, steps, question, terms: null }
  }

  const terms = changedTerms(row, before, known, sealer)
  const { known: _sealed, ...rest } = row
  const question = questionAbout(row, known, context, now)
  const asking = {
    before: isWaitedFor(questionAbout(row, before, context, now), now),
    after: isWaitedFor(question, now),
  }
  const change = nextState(rest, known, desired, context, now, asking, promisedAt)
  const isOpen = change.waitingSince !== null || question !== null
  const changedAt = isOpen ? oldestChange(row, told) : null
  return { change: { ...change, changedAt, known: sealKnown(known, row.id, sealer) }, steps, question, terms }
}

/** Whether news changes what is sent; or may, as a hint that was not known. */
function saysNew(outcome: EventOutcome, isKnownAnew: boolean): boolean {
  return outcome === 'changed' || (outcome === 'hint' && isKnownAnew)
}

/** What is asked for only later is not worth waiting for. */
function isWaitedFor(question: Question | null, now: Date): boolean {
  return question !== null && question.askAt <= now
}

function inVersionOrder(members: NewsOfRecord[]): number[] {
  return [...members.keys()].sort((a, b) =>
    compareVersions(versionOf(members[a]!.news), versionOf(members[b]!.news)),
  )
}

/** Whether news can change what is sent: a hint only says that something may have changed, and an answer's time when it was asked for. */
function saysContent({ kind }: RecordNews): boolean {
  return kind === 'state' || kind === 'deletion'
}

/** Hints go last: they only mark what the states before them left open. */
function versionOf(news: RecordNews): Version {
  switch (news.kind) {
    case 'hint':
      return { updatedAt: '~', triggeredAt: news.hintedAt }
    case 'asked':
      return { updatedAt: '~', triggeredAt: news.askedAt }
    case 'state':
    case 'deletion':
      return news.version
  }
}

function outcomeOf(
  news: RecordNews,
  outdated: boolean,
  before: Desired | null,
  after: Desired | null,
): EventOutcome {
  if (news.kind === 'hint' || news.kind === 'asked') return 'hint'
  if (outdated) return 'outdated'
  if (!after) return 'unchanged'
  return before && desiredHash(before) === desiredHash(after) ? 'unchanged' : 'changed'
}
