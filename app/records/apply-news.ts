import { v5 as uuidV5 } from 'uuid'
import { type RecordNews } from '../contracts/news'
import { type Resource } from '../contracts/resource'
import { type EventOutcome } from '../contracts/states'
import { compareVersions, type Version } from '../contracts/version'
import { type Sql } from '../db.server'
import { type Sealer } from '../lib/sealing'
import { applyPiiPolicy } from './apply-pii-policy'
import { composeRecord, type Desired, desiredHash } from './compose-record'
import { foldNews } from './fold-news'
import { nextState } from './next-state'
import { type RecordContext } from '../contracts/record-context'
import { type DesiredChange, RECORD_COLUMNS, type RecordRow } from './record-row'
import { openKnown, sealKnown } from './sealed-known'
import { writeChanges } from './write-changes'

/** The namespace of record ids: a record's id follows from its source connection, resource and external id. */
const RECORD_NAMESPACE = '6f1d9b0c-55f3-4a0e-9c2e-2f7a3b3f4f10'

/** News of one record, in the context of its shop. */
export interface AppliedNews {
  context: RecordContext
  externalId: string
  news: RecordNews
}

/** News with its place in the batch. */
interface Member extends AppliedNews {
  index: number
}

/** What became of each piece of news, in the order given, and where something is to be delivered now. */
export interface Applied {
  outcomes: EventOutcome[]
  /** The shops that have a record among these that is due. */
  dueShops: Set<string>
}

export interface ApplyOptions {
  sealer: Sealer
  now: Date
}

/** The id of a record: the same before the record exists, and after a reinstallation. */
export function recordIdOf(sourceConnectionId: string, resource: Resource, externalId: string): string {
  return uuidV5(`${sourceConnectionId}/${resource}/${externalId}`, RECORD_NAMESPACE)
}

/**
 * Folds a batch of news into its records, inside the caller's transaction: makes missing rows, locks all rows in one order,
 * folds each record's news in version order, and writes what changed in one statement.
 */
export async function applyNews(tx: Sql, batch: AppliedNews[], options: ApplyOptions): Promise<Applied> {
  const byRecord = groupByRecord(batch)
  if (byRecord.size === 0) return { outcomes: [], dueShops: new Set() }
  const ids = [...byRecord.keys()].sort()
  await insertMissing(tx, byRecord, ids)
  const rows = await lockRecords(tx, ids)

  const outcomes = new Array<EventOutcome>(batch.length)
  const dueShops = new Set<string>()
  const changes: { id: string; change: DesiredChange }[] = []
  for (const row of rows) {
    const members = byRecord.get(row.id)!
    const { change, steps } = foldRecord(row, members, options)
    members.forEach(({ index }, position) => (outcomes[index] = steps[position] ?? 'outdated'))
    if (change) changes.push({ id: row.id, change })
    // Also when it was due before and nothing changed: a claim may have passed it by while it was locked here.
    const { dueAt } = change ?? row
    if (dueAt && dueAt <= options.now) dueShops.add(members[0].context.shopId)
  }
  await writeChanges(tx, changes, options.now)
  return { outcomes, dueShops }
}

/** The news of each record, never none, in the order of the batch. */
function groupByRecord(batch: AppliedNews[]): Map<string, [Member, ...Member[]]> {
  const groups = new Map<string, [Member, ...Member[]]>()
  batch.forEach((item, index) => {
    const id = recordIdOf(item.context.sourceConnectionId, item.news.resource, item.externalId)
    const member = { ...item, index }
    const group = groups.get(id)
    if (group) group.push(member)
    else groups.set(id, [member])
  })
  return groups
}

async function insertMissing(
  tx: Sql,
  groups: Map<string, [Member, ...Member[]]>,
  ids: string[],
): Promise<void> {
  const firsts = ids.map((id) => groups.get(id)![0])
  await tx.query(
    `INSERT INTO "SyncRecord" ("id", "sourceConnectionId", "resource", "externalId", "state")
     SELECT *, 'waiting' FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
     ON CONFLICT DO NOTHING`,
    [
      ids,
      firsts.map(({ context }) => context.sourceConnectionId),
      firsts.map(({ news }) => news.resource),
      firsts.map(({ externalId }) => externalId),
    ],
  )
}

/** All rows of the batch, locked in the order of their ids, so that two batches cannot deadlock. */
function lockRecords(tx: Sql, ids: string[]): Promise<RecordRow[]> {
  return tx.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM "SyncRecord" r WHERE r."id" = ANY($1::uuid[]) ORDER BY r."id" FOR NO KEY UPDATE`,
    [ids],
  )
}

/** One record's news, folded in version order; the outcome of each, in the order given. */
function foldRecord(
  row: RecordRow,
  members: [Member, ...Member[]],
  { sealer, now }: ApplyOptions,
): { change: DesiredChange | null; steps: EventOutcome[] } {
  const { context, externalId } = members[0]
  const identity = { ...context, resource: row.resource, externalId }
  const before = openKnown(row, context.piiPolicy, sealer)

  const steps = new Array<EventOutcome>(members.length)
  let known = before
  let desired = composeRecord(identity, known)
  for (const index of inVersionOrder(members)) {
    const folded = foldNews(known, applyPiiPolicy(members[index]!.news, context.piiPolicy), now.toISOString())
    const next = folded.known === known ? desired : composeRecord(identity, folded.known)
    steps[index] = outcomeOf(members[index]!.news, folded.outdated, desired, next)
    known = folded.known
    desired = next
  }
  if (known === before) return { change: null, steps }

  const { known: _sealed, ...rest } = row
  const change = nextState(rest, known, desired, context, now)
  return { change: { ...change, known: sealKnown(known, row.id, sealer) }, steps }
}

function inVersionOrder(members: AppliedNews[]): number[] {
  return [...members.keys()].sort((a, b) =>
    compareVersions(versionOf(members[a]!.news), versionOf(members[b]!.news)),
  )
}

/** Hints go last: they only mark what the states before them left open. */
function versionOf(news: RecordNews): Version {
  return news.kind === 'hint' ? { updatedAt: '~', triggeredAt: news.hintedAt } : news.version
}

function outcomeOf(
  news: RecordNews,
  outdated: boolean,
  before: Desired | null,
  after: Desired | null,
): EventOutcome {
  if (news.kind === 'hint') return 'hint'
  if (outdated) return 'outdated'
  if (!after) return 'unchanged'
  return before && desiredHash(before) === desiredHash(after) ? 'unchanged' : 'changed'
}
