import { v7 as uuidV7 } from 'uuid'
import { type Resource } from '../contracts/resource'
import { type RecordContext } from '../contracts/record-context'
import { type Database, type Sql } from '../db.server'
import { type AccessOptions, resolveAccess } from '../delivery/resolve-access'
import { ParityError } from '../lib/errors'
import { type Clock } from '../lib/time'
import { digestRecords, recordsUnder } from '../records/digest-records'
import { resendDiffering } from '../records/resend-differing'
import { DIALECTS } from '../saas/dialects'
import { type DeliveryTarget, readDeliveryTarget } from '../shops/read-delivery-target'
import { readSource } from '../shops/read-source'
import { askDigest, type DigestQuestions } from './ask-digest'
import { digestDepth, findDifferences, judgeDifferences } from './find-differences'

/** How many records one transaction sends again. */
const SLICE = 200

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
      const compared = await compareResource(resource, context, target, options)
      if (!compared) return null
      for (const key of Object.keys(total) as (keyof Compared)[]) total[key] += compared[key]
    }
  } catch (error) {
    if (!(error instanceof ParityError)) throw error
    await note('failed', error.userMessage, total)
    return null
  }
  await note('finished', wordsOf(total), total)
  return total
}

async function compareResource(
  resource: Resource,
  context: RecordContext,
  target: DeliveryTarget,
  options: CompareOptions,
): Promise<Compared | null> {
  const questions = questionsAbout(resource, context, target, options)
  const root = await questions?.summaries('')
  if (!questions || !root) return null

  const { db } = options
  const depth = digestDepth(root.whole.count)
  const sums = await digestRecords(db, context.sourceConnectionId, resource, depth)
  const prefixes = await findDifferences(sums, depth, root, questions)
  const found = { held: root.whole.count, resent: 0, strangers: 0, rowsRead: 0 }
  if (prefixes.length === 0) return found

  // Ours are read first: what the SaaS takes meanwhile has moved here as well when it is looked at again.
  const ours = await recordsUnder(db, context.sourceConnectionId, resource, prefixes)
  const theirs = []
  for (const prefix of prefixes) theirs.push(...(await questions.rows(prefix)))
  const { resend, strangers } = judgeDifferences(ours, theirs)
  const delivered = new Map(ours.map(({ id, deliveredRevision }) => [id, deliveredRevision]))
  const differing = resend.map((one) => ({ ...one, deliveredRevision: delivered.get(one.id) ?? null }))
  for (let start = 0; start < differing.length; start += SLICE) {
    const slice = differing.slice(start, start + SLICE)
    found.resent += await db.transaction((tx) => resendDiffering(tx, context, slice, options.clock()))
  }
  return { ...found, strangers, rowsRead: questions.rowsRead() }
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

function wordsOf({ held, resent, strangers }: Compared): string {
  const compared = `Compared ${held} records with what the SaaS holds, by hashes.`
  const differed =
    resent === 0
      ? 'Each is as it was delivered.'
      : resent === 1
        ? 'One was missing or different there, and is sent again.'
        : `${resent} were missing or different there, and are sent again.`
  const unknown =
    strangers === 0 ? '' : ` The SaaS holds ${strangers} that Parity does not know; they are left alone.`
  return `${compared} ${differed}${unknown}`
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
