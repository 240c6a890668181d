import { v7 as uuidV7 } from 'uuid'
import { type Resource } from '../contracts/resource'
import { type RecordContext } from '../contracts/record-context'
import { type Database, type Sql } from '../db.server'
import { type AccessOptions, resolveAccess } from '../delivery/resolve-access'
import { ParityError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { countRecords } from '../records/count-records'
import { digestRecords, recordsUnder } from '../records/digest-records'
import { resendDiffering } from '../records/resend-differing'
import { DIALECTS } from '../saas/dialects'
import { type DeliveryTarget, readDeliveryTarget } from '../shops/read-delivery-target'
import { readSource } from '../shops/read-source'
import { askDigest, type DigestQuestions } from './ask-digest'
import { digestDepth, findDifferences, judgeDifferences } from './find-differences'

/** How many records one transaction sends again. */
const SLICE = 200
/** How many prefixes are compared record by record with one reading of our own keys. */
const GROUP = 2_000

export interface CompareOptions extends AccessOptions {
  db: Database
  clock: Clock
  /** Aborted when it is to end. */
  signal: AbortSignal
}

/** What a comparison found. */
export interface Compared {
  /** How many records the SaaS says that it holds. */
  held: number
  /** How many of ours it lacked or held otherwise, and are sent again. */
  resent: number
  /** How many it holds that are not known here. */
  strangers: number
  /** How many of its records were told one by one. */
  rowsRead: number
}

/**
 * Compares what the SaaS holds of a source with what it was sent, by hashes, and sends again what differs. It is noted as a run, also when it
 * could not be made. Nothing happens where the SaaS offers no digest, or is not to be called now.
 *
 * @returns what it found; null when no comparison was possible
 */
export async function compareDigest(
  sourceConnectionId: string,
  options: CompareOptions,
): Promise<Compared | null> {
  const { db, clock } = options
  const context = await readSource(db, sourceConnectionId)
  if (!context || context.heldBecause !== null) return null
  const target = await readDeliveryTarget(db, context.shopId)
  if (!target) return null

  const startedAt = clock()
  const note = (state: 'finished' | 'failed', words: string, compared: Compared) =>
    noteComparison(db, { sourceConnectionId, startedAt, endedAt: clock(), state, words, compared })
  const total: Compared = { held: 0, resent: 0, strangers: 0, rowsRead: 0 }
  try {
    for (const resource of context.resources) {
      if (!(await compareResource(resource, context, target, options, total))) return null
    }
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    await note('failed', [wordsOfResent(total), error.userMessage].filter(Boolean).join(' '), total)
    return null
  }
  await note('finished', wordsOf(total), total)
  return total
}

/** Compares one resource, and adds what it finds to what was found, also when it breaks off. @returns whether the SaaS can be asked */
async function compareResource(
  resource: Resource,
  context: RecordContext,
  target: DeliveryTarget,
  options: CompareOptions,
  found: Compared,
): Promise<boolean> {
  const questions = questionsAbout(resource, context, target, options)
  const root = await questions?.summaries('')
  if (!questions || !root) return false

  found.held += root.whole.count
  const { sourceConnectionId } = context
  const counts = await countRecords(options.db, [sourceConnectionId])
  const ours = counts.reduce((sum, row) => sum + (row.resource === resource ? row.count : 0), 0)
  const depth = digestDepth(Math.max(root.whole.count, ours))
  const sums = await digestRecords(options.db, sourceConnectionId, resource, depth)
  let group: string[] = []
  const mend = async () => {
    if (group.length > 0) await mendGroup(resource, context, group, questions, options, found)
    group = []
  }
  try {
    for await (const prefix of findDifferences(sums, depth, root, questions)) {
      group.push(prefix)
      if (group.length === GROUP) await mend()
    }
  } finally {
    await mend()
  }
  return true
}

/** Compares the records under some prefixes one by one, and sends again what differs. */
async function mendGroup(
  resource: Resource,
  context: RecordContext,
  prefixes: string[],
  questions: DigestQuestions,
  { db, clock }: CompareOptions,
  found: Compared,
): Promise<void> {
  // Ours are read first: what the SaaS takes meanwhile has moved here as well when it is looked at again.
  const ours = await recordsUnder(db, context.sourceConnectionId, resource, prefixes)
  const theirs = []
  for (const prefix of prefixes) theirs.push(...(await questions.rows(prefix)))
  const { resend, strangers } = judgeDifferences(ours, theirs)
  const delivered = new Map(ours.map(({ id, deliveredRevision }) => [id, deliveredRevision]))
  const differing = resend.map((one) => ({ ...one, deliveredRevision: delivered.get(one.id) ?? null }))
  for (let start = 0; start < differing.length; start += SLICE) {
    const slice = differing.slice(start, start + SLICE)
    found.resent += await db.transaction((tx) => resendDiffering(tx, context, slice, clock()))
  }
  found.strangers += strangers
  found.rowsRead += theirs.length
}

/** The questions about a resource; null where the SaaS cannot be asked any. */
function questionsAbout(
  resource: Resource,
  { platform, store }: RecordContext,
  target: DeliveryTarget,
  options: CompareOptions,
): DigestQuestions | null {
  const dialect = DIALECTS[target.connection.dialect].digest
  const access = resolveAccess(target, options)
  if (!dialect || access.kind === 'none') return null
  return askDigest({
    dialect,
    access,
    about: { source: platform, store, resource },
    now: options.clock,
    signal: options.signal,
  })
}

function wordsOf(compared: Compared): string {
  const { held, strangers } = compared
  const unknown =
    strangers > 0 && `The SaaS holds ${strangers} that Parity does not know; they are left alone.`
  return [
    `Compared ${held} records with what the SaaS holds, by hashes.`,
    wordsOfResent(compared) ?? 'Each is as it was delivered.',
    unknown,
  ]
    .filter(Boolean)
    .join(' ')
}

function wordsOfResent({ resent }: Compared): string | null {
  if (resent === 0) return null
  return resent === 1
    ? 'One was missing or different there, and is sent again.'
    : `${resent} were missing or different there, and are sent again.`
}

interface Comparison {
  sourceConnectionId: string
  startedAt: Date
  endedAt: Date
  state: 'finished' | 'failed'
  words: string
  compared: Compared
}

async function noteComparison(sql: Sql, { compared, ...run }: Comparison): Promise<void> {
  await sql.query(
    `INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "detail", "done", "total", "changed", "startedAt", "endedAt")
     VALUES ($1, $2, 'digest', $3, $4, $5, $5, $6, $7, $8)`,
    [
      uuidV7(),
      run.sourceConnectionId,
      run.state,
      run.words,
      compared.held,
      compared.resent,
      run.startedAt,
      run.endedAt,
    ],
  )
}
