import { type Database } from '~/db.server'
import { NOT_SELECTED } from '~/records/exclusion'
import { type Connection } from './connection'
import { faultsOfTaken, noteTaken } from './taken'
import { readJournal, type RowImage } from './journal'
import { faultsOfWrite } from './rules'
import { type Saas } from './saas'
import { type Store } from './store'
import { type Worker } from './worker'
import { type Stages } from '../support/stages'

/** What is looked at after everything that happens. */
export interface Subject {
  db: Database
  stages: Stages
  sourceConnectionId: string
  clock(): Date
  store: Store
  saas: Saas
  connection: Connection
  /** The rows as they were last written. */
  rows: Map<string, RowImage>
  dismissed: Map<string, Dismissal>
  /** The desired hash that the SaaS took last of each record, as far as Parity was told. */
  taken: Map<string, string>
  /** The revision that a record has at least that a person sent again. */
  replayed: Map<string, number>
}

/** A person's word that a record is not to be sent while it is as it is; it may be sent all the same where another place has none of it. */
export interface Dismissal {
  hash: string | null
  mayBeSent: boolean
}

/** Who may have claimed and settled. */
export type Actor = Pick<Worker, 'claims'>

/**
 * Looks at everything that was written and sent since the last look.
 *
 * @param actor whoever delivered meanwhile; null when nobody did
 * @throws Error naming every rule that was broken
 */
export async function inspect(subject: Subject, actor: Actor | null): Promise<void> {
  const { store, saas } = subject
  const faults = saas.faults.splice(0)
  faults.push(...(await faultsOfJournal(subject, actor)))
  for (const call of saas.arrived.splice(0)) {
    for (const { data } of call.envelopes) faults.push(...faultsOfCall(subject, data.external_id, actor))
  }
  for (const record of store.records()) faults.push(...faultsOfRecord(subject, record))
  faults.push(...(await faultsOfTaken(subject)))
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

async function faultsOfJournal(subject: Subject, actor: Actor | null): Promise<string[]> {
  const { db, sourceConnectionId, rows, dismissed } = subject
  const faults: string[] = []
  const claims = actor?.claims ?? new Set()
  for (const entry of await readJournal(db, sourceConnectionId)) {
    const { before, after } = entry
    faults.push(...faultsOfWrite(entry, claims))
    if (after.attemptId !== null && after.attemptId !== before?.attemptId) {
      if (!actor) faults.push(`Record ${after.externalId} was claimed, and nobody delivers.`)
      claims.add(after.attemptId)
    }
    // Other content uses a dismissal up.
    if (dismissed.get(after.externalId)?.hash !== after.desiredHash) dismissed.delete(after.externalId)
    noteTaken(subject.taken, before, after)
    rows.set(after.externalId, after)
  }
  return faults
}

/** A call is made only by whoever holds the record, and while the lease lasts. */
function faultsOfCall({ rows, clock }: Subject, record: string, actor: Actor | null): string[] {
  const row = rows.get(record)
  const isHeld = row?.attemptId && actor?.claims.has(row.attemptId)
  const isInTime = row?.dueAt && new Date(row.dueAt) > clock()
  return isHeld && isInTime
    ? []
    : [`Record ${record} was sent by a worker that does not hold it: ${JSON.stringify(row)}`]
}

/** What a record's row says against what the store told and what the SaaS has. */
function faultsOfRecord(subject: Subject, record: string): string[] {
  const { rows, store } = subject
  const row = rows.get(record)
  if (!row) return [`Record ${record} was told of, and is not there.`]
  const desired = store.desired(record)
  const faults =
    desired.length === 0
      ? unless(row.desiredHash === null && row.state === 'waiting', 'nothing is known of it')
      : [
          ...faultsOfDesired(subject, row),
          ...unless(row.state !== 'dead' || isRefused(subject, row), 'nobody refused it'),
          ...unless(row.state !== 'excluded' || isLeftOut(subject, row), 'nothing leaves it out'),
          ...unless(row.state === 'excluded' || !isDismissed(subject, record), 'a person dismissed it'),
          ...faultsOfRemoved(subject, row),
          ...faultsOfDelivered(subject, row),
        ]
  return faults.map((fault) => `Record ${record}: ${fault}\n  ${JSON.stringify(row)}`)
}

/** What is said to be nowhere is nowhere, and what may be removed can be: it is said to be there. */
function faultsOfRemoved({ saas, connection }: Subject, row: RowImage): string[] {
  const held = saas.holds(connection.tenant, row.externalId)
  const isThere = held !== undefined && held.says !== 'gone'
  return unless(row.reason !== NOT_SELECTED || !isThere, `the SaaS holds ${JSON.stringify(held)}`)
}

function isRefused({ saas, connection }: Subject, row: RowImage): boolean {
  return saas.hasRefused(row, connection.hasChangedPolicy)
}

/** A removal leaves nothing alone. */
function isDismissed({ dismissed, connection }: Subject, record: string): boolean {
  return dismissed.get(record)?.mayBeSent === false && !connection.hasRemoved
}

function faultsOfDesired({ store, connection }: Subject, row: RowImage): string[] {
  const { updatedAt, triggeredAt } = store.version(row.externalId)
  const isNewest = row.desiredUpdatedAt === updatedAt && row.desiredTriggeredAt === triggeredAt
  const isGone = store.desired(row.externalId).includes('gone')
  return [
    ...unless(isNewest, `it should be of ${updatedAt}, ${triggeredAt}`),
    ...unless(
      (row.desiredAction === 'deleted') === isGone || connection.hasRemoved,
      `it should be ${isGone ? 'gone' : 'there'}`,
    ),
  ]
}

/** Whether the model knows why the record is not sent. Until a run has come by, records stand as an older selection had it. */
function isLeftOut({ store, connection, dismissed }: Subject, { externalId }: RowImage): boolean {
  const isExcluded = store.desired(externalId).some(store.isLeftOut)
  return !connection.isReEvaluated || isExcluded || dismissed.has(externalId)
}

/** What is said to be at the SaaS is there. What was taken under an older generation says nothing of the present one, until a run has come by. */
function faultsOfDelivered({ store, saas, connection, replayed }: Subject, row: RowImage): string[] {
  const isTaken = row.state === 'in_step' || row.state === 'deleted'
  if (!isTaken) return []
  if (row.deliveredGeneration !== connection.generation)
    return unless(!connection.isReEvaluated, 'it was taken under an older generation, and nobody will look')
  const held = saas.holds(connection.tenant, row.externalId)
  const wanted = store.desired(row.externalId).map((says) => JSON.stringify(says))
  const isSame = (connection.hasChangedPolicy && !connection.isReEvaluated) || held?.hash === row.desiredHash
  return [
    ...unless(
      isSame && wanted.includes(JSON.stringify(held?.says)),
      `the SaaS holds ${JSON.stringify(held)}, and should hold ${wanted.join(' or ')}`,
    ),
    ...unless(
      (held?.revision ?? 0) >= (replayed.get(row.externalId) ?? 0),
      'a person sent it again, and it was not sent',
    ),
  ]
}

function unless(holds: boolean, words: string): string[] {
  return holds ? [] : [words]
}
