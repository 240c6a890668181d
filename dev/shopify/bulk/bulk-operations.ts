import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bulkFinishedBody } from '../bodies/bulk-body'
import { news } from '../changes/news'
import { FaultQueue } from '../fault-queue'
import { type GraphqlContext } from '../graphql/fields'
import { adminSchema } from '../graphql/schema'
import { type Id, type Time } from '../store/model'
import { nowOf, type ShopState } from '../store/shop-state'
import { checkBulkQuery } from './check-query'
import { compilePlan, type ExportPlan } from './compile-plan'
import { cutOff, partOf, wholeOf, writeExport, type ExportFile } from './export-file'
import { takeFault, type BulkFault } from './faults'

type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED'
type BulkErrorCode = 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT'

/** A bulk operation as Shopify tells of it at one moment. */
export interface BulkOperation {
  id: Id
  query: string
  status: BulkStatus
  errorCode: BulkErrorCode | null
  createdAt: Time
  completedAt: Time | null
  objectCount: number
  rootObjectCount: number
  fileSize: number | null
  url: string | null
  partialDataUrl: string | null
  /** How often its file was asked for. */
  downloads: number
}

interface BulkUserError {
  field: string[] | null
  message: string
  code: 'INVALID' | 'LIMIT_REACHED' | 'OPERATION_IN_PROGRESS' | null
}

/** What an operation comes to, known from its beginning on. */
interface Outcome {
  errorCode: BulkErrorCode | null
  file: ExportFile | null
}

interface Job {
  id: Id
  root: string
  query: string
  outcome: Outcome
  status: Exclude<BulkStatus, 'EXPIRED'>
  createdAt: Time
  completedAt: Time | null
  startedMs: number
  durationMs: number
  endedMs: number | null
  isExpired: boolean
  downloads: number
  /** Names and signs its file. */
  key: string
  callOff: (() => void)[]
}

/** Of API versions from 2026-01 on. */
const MOST_AT_ONCE = 5
const URL_LIVES_MS = 7 * 86_400_000
/** It stands as CREATED for this part of its time, and takes as long to be cancelled. */
const PAUSE_SHARE = 0.1
const STORAGE_HOST = 'storage.googleapis.com'
export const STORAGE_PATH = '/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs'

/** The bulk operations of one shop: what is exported is what the shop holds when the operation is created. */
export class BulkOperations {
  /** How long an operation takes, by the shop's clock. */
  durationMs: number
  readonly faults = new FaultQueue<BulkFault>()
  readonly #shop: ShopState
  readonly #jobs = new Map<Id, Job>()
  #folder: string | undefined

  constructor(shop: ShopState, durationMs: number) {
    this.#shop = shop
    this.durationMs = durationMs
  }

  /** Newest first. */
  list(): BulkOperation[] {
    return [...this.#jobs.values()].reverse().map((job) => this.#viewOf(job))
  }

  find(id: Id): BulkOperation | null {
    const job = this.#jobs.get(id)
    return job ? this.#viewOf(job) : null
  }

  get underWay(): number {
    return [...this.#jobs.values()].filter(({ endedMs }) => endedMs === null).length
  }

  /** Begins an operation, or says why not. @throws GraphQLError for what the stand-in does not play */
  async run(
    context: GraphqlContext,
    query: string,
    isGrouped: boolean,
  ): Promise<BulkOperation | BulkUserError[]> {
    const schema = await adminSchema()
    const checked = checkBulkQuery(schema, query)
    if ('refusals' in checked) {
      return checked.refusals.map((message) => ({ field: ['query'], message, code: 'INVALID' }))
    }
    const plan = compilePlan(schema, checked.document, context)
    const refusal = takeFault(this.faults, plan.root, 'refuse')
    if (refusal) return [refused(refusal.code)]
    if (this.underWay >= MOST_AT_ONCE) return [refused('LIMIT_REACHED')]
    return this.#viewOf(this.#start(plan, query, isGrouped))
  }

  /** @returns the operation as it is then, with an error where it has ended or never was */
  cancel(id: Id): { bulkOperation: BulkOperation | null; userErrors: BulkUserError[] } {
    const job = this.#jobs.get(id)
    if (!job) {
      const error = { field: ['id'], message: 'Bulk operation does not exist', code: null }
      return { bulkOperation: null, userErrors: [error] }
    }
    if (job.endedMs !== null) {
      const status = this.#viewOf(job).status.toLowerCase()
      const message = `A bulk operation cannot be canceled when it is ${status}`
      return { bulkOperation: this.#viewOf(job), userErrors: [{ field: null, message, code: null }] }
    }
    for (const callOff of job.callOff) callOff()
    job.status = 'CANCELING'
    this.#after(job, this.durationMs * PAUSE_SHARE, () => this.#end(job, 'CANCELED'))
    return { bulkOperation: this.#viewOf(job), userErrors: [] }
  }

  /** The file that a storage address names, with the faults that meet this download; undefined when it is not to be had. */
  download(key: string): Download | undefined {
    const job = [...this.#jobs.values()].find((each) => each.key === key)
    if (!job?.outcome.file || !this.#hasUrl(job)) return undefined
    job.downloads += 1
    const trickle = takeFault(this.faults, job.root, 'trickle')
    const fault = takeFault(this.faults, job.root, 'expired', 'reset', 'unavailable')
    if (fault?.kind === 'expired') job.isExpired = true
    return { ...job.outcome.file, trickle, fault }
  }

  /** Ends nothing, but nothing happens any more; the files are gone. */
  stop(): void {
    for (const { callOff } of this.#jobs.values()) for (const each of callOff) each()
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }

  #start(plan: ExportPlan, query: string, isGrouped: boolean): Job {
    const { root } = plan
    const slow = takeFault(this.faults, root, 'slow')
    const fault = takeFault(this.faults, root, 'fail', 'cut_off', 'lacking', 'stuck')
    const key = randomBytes(16).toString('hex')
    const job: Job = {
      id: this.#shop.newId(),
      root,
      query,
      outcome: this.#outcomeOf(plan, key, isGrouped, fault),
      status: 'CREATED',
      createdAt: nowOf(this.#shop),
      completedAt: null,
      startedMs: this.#shop.clock.now(),
      durationMs: slow?.ms ?? this.durationMs,
      endedMs: null,
      isExpired: false,
      downloads: 0,
      key,
      callOff: [],
    }
    this.#jobs.set(job.id, job)
    this.#after(job, job.durationMs * PAUSE_SHARE, () => (job.status = 'RUNNING'))
    if (fault?.kind === 'stuck') return job
    const end = job.outcome.errorCode === null ? 'COMPLETED' : 'FAILED'
    this.#after(job, job.durationMs, () => this.#end(job, end))
    return job
  }

  #outcomeOf(
    plan: ExportPlan,
    key: string,
    isGrouped: boolean,
    fault: Extract<BulkFault, { kind: 'fail' | 'cut_off' | 'lacking' | 'stuck' }> | undefined,
  ): Outcome {
    if (plan.refusals.length > 0) return { errorCode: 'ACCESS_DENIED', file: null }
    this.#folder ??= mkdtempSync(join(tmpdir(), 'stand-in-bulk-'))
    const path = join(this.#folder, `${key}.jsonl`)
    const written = writeExport(plan, path, isGrouped, fault?.kind === 'lacking' ? fault : undefined)
    switch (fault?.kind) {
      case 'fail':
        return { errorCode: fault.errorCode, file: partOf(written, fault.partial) }
      case 'cut_off':
        return { errorCode: null, file: cutOff(written, fault.at) }
      case 'lacking':
      case 'stuck':
      case undefined:
        return { errorCode: null, file: wholeOf(written) }
    }
  }

  #after(job: Job, ms: number, task: () => void): void {
    job.callOff.push(this.#shop.clock.after(ms, task))
  }

  #end(job: Job, status: 'COMPLETED' | 'FAILED' | 'CANCELED'): void {
    job.status = status
    job.completedAt = nowOf(this.#shop)
    job.endedMs = this.#shop.clock.now()
    const body = bulkFinishedBody(this.#shop, { ...job, errorCode: errorCodeOf(job) })
    this.#shop.announce([news('bulk_operations/finish', job.id, body)])
  }

  #hasUrl({ status, endedMs, isExpired, outcome }: Job): boolean {
    const isLive = endedMs !== null && this.#shop.clock.now() - endedMs < URL_LIVES_MS
    return isLive && !isExpired && status !== 'CANCELED' && (outcome.file?.objects ?? 0) > 0
  }

  #viewOf(job: Job): BulkOperation {
    const { id, query, createdAt, completedAt, downloads, outcome } = job
    const share = this.#shareOf(job)
    const hasUrl = this.#hasUrl(job)
    const url = hasUrl ? addressOf(job) : null
    const isExpired = job.status === 'COMPLETED' && !hasUrl && (outcome.file?.objects ?? 0) > 0
    return {
      id,
      query,
      status: isExpired ? 'EXPIRED' : job.status,
      errorCode: errorCodeOf(job),
      createdAt,
      completedAt,
      objectCount: Math.floor((outcome.file?.objects ?? 0) * share),
      rootObjectCount: Math.floor((outcome.file?.roots ?? 0) * share),
      fileSize: hasUrl ? (outcome.file?.size ?? null) : null,
      url: job.status === 'COMPLETED' ? url : null,
      partialDataUrl: job.status === 'FAILED' ? url : null,
      downloads,
    }
  }

  /** How much of it is done, from 0 to 1. */
  #shareOf({ status, startedMs, durationMs, endedMs }: Job): number {
    if (status === 'CREATED') return 0
    const until = endedMs ?? this.#shop.clock.now()
    if (status === 'COMPLETED' || status === 'FAILED') return 1
    return durationMs === 0 ? 1 : Math.min(1, (until - startedMs) / durationMs)
  }
}

/** A file on its way to the app. */
export interface Download extends ExportFile {
  trickle: Extract<BulkFault, { kind: 'trickle' }> | undefined
  fault: Extract<BulkFault, { kind: 'expired' | 'reset' | 'unavailable' }> | undefined
}

function errorCodeOf({ status, outcome }: Job): BulkErrorCode | null {
  return status === 'FAILED' ? outcome.errorCode : null
}

function addressOf({ key, endedMs }: Job): string {
  const expires = Math.floor(((endedMs ?? 0) + URL_LIVES_MS) / 1000)
  return `https://${STORAGE_HOST}${STORAGE_PATH}/${key}.jsonl?GoogleAccessId=assets&Expires=${expires}&Signature=${key.slice(0, 12)}`
}

const WORDS: Record<'INVALID' | 'LIMIT_REACHED' | 'OPERATION_IN_PROGRESS', string> = {
  INVALID: 'Invalid bulk query: the stand-in was told to refuse it',
  LIMIT_REACHED: 'Bulk operations limit reached. Please try again later.',
  OPERATION_IN_PROGRESS: 'A bulk query operation for this app and shop is already in progress.',
}

function refused(code: keyof typeof WORDS): BulkUserError {
  return { field: null, message: WORDS[code], code }
}
