import { type SyncRecord } from '@prisma/client'
import { DesiredBy } from '~/contracts/desired-by'
import { Platform, Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type Sealer } from '~/lib/sealing'
import { type Clock } from '~/lib/time'
import { readSource } from '~/shops/read-source'
import { adminAddress } from '../admin-address'
import { type RecordPosition } from '../record-cursor'
import { presentContent, type RecordContent } from './record-content.server'
import { type RecordView, viewOf } from './record-view.server'
import { type ShopScope } from './scope.server'
import { presentTimeline, type Timeline } from './timeline.server'

/** What the page of one record shows. */
export interface RecordPage {
  /** When this was read, ISO 8601. */
  now: string
  record: RecordView
  /** What it is called, a person's name masked; null where that is not known. */
  name: string | null
  /** Its page in the Shopify admin; null where it has none. */
  adminUrl: string | null
  content: RecordContent
  /** Whether a call since the SaaS took it last may have been taken without our being told. */
  isUnanswered: boolean
  timeline: Timeline
  facts: RecordFacts
}

/** What is known of a record beside its content. */
export interface RecordFacts {
  store: string
  platform: Platform
  saasId: string | null
  /** Decimal digits; null where nothing has been sent. */
  revision: string
  deliveredRevision: string | null
  /** The source's update time, ISO 8601; null when it does not say. */
  version: string | null
  /** When its content last changed, and by what; null where that was not noted. */
  desiredAt: string | null
  desiredBy: DesiredBy | null
  /** When it was first heard of, ISO 8601. */
  createdAt: string
  /** Of the newest call; null when there was none. */
  traceId: string | null
}

interface Ports {
  db: Database
  sealer: Sealer
  clock: Clock
}

interface Options {
  /** Where the timeline begins; null for the newest. */
  before: RecordPosition | null
  /** Whether personal values are shown. */
  reveal?: boolean
}

/** Reads one record of a shop; null when the shop has none of that id. */
export async function presentRecordPage(
  { db, sealer, clock }: Ports,
  scope: ShopScope,
  id: string,
  { before, reveal = false }: Options,
): Promise<RecordPage | null> {
  const row = await db.prisma.syncRecord.findFirst({
    where: { id, sourceConnectionId: { in: scope.sourceIds } },
    include: { source: { select: { platform: true, account: true } } },
  })
  if (!row) return null

  const [context, addressGeneration, timeline, newest] = await Promise.all([
    readSource(db, row.sourceConnectionId),
    addressGenerationOf(db, scope),
    presentTimeline(db, row, before),
    newestAttempt(db, row),
  ])
  const { name, content } = presentContent(row, { context, addressGeneration, sealer, reveal })
  return {
    now: clock().toISOString(),
    record: viewOf(row),
    name,
    adminUrl: content.kind === 'content' && content.isDeleted ? null : adminUrlOf(row),
    content,
    isUnanswered: isUnanswered(row, newest),
    timeline,
    facts: factsOf(row, newest),
  }
}

type Row = SyncRecord & { source: { platform: string; account: string } }
type Newest = Pick<Awaited<ReturnType<typeof newestAttempt>> & object, 'startedAt' | 'outcome' | 'traceId'>

async function addressGenerationOf(db: Database, { shopId }: ShopScope): Promise<number> {
  const connection = await db.prisma.saasConnection.findUnique({
    where: { shopId },
    select: { addressGeneration: true },
  })
  return connection?.addressGeneration ?? 0
}

function newestAttempt(db: Database, { id, sourceConnectionId }: SyncRecord) {
  return db.prisma.syncAttempt.findFirst({
    where: { recordId: id, sourceConnectionId },
    orderBy: { startedAt: 'desc' },
    select: { startedAt: true, outcome: true, traceId: true },
  })
}

function adminUrlOf({ source, resource, externalId }: Row): string | null {
  const platform = Platform.parse(source.platform)
  return adminAddress({ platform, store: source.account, resource: Resource.parse(resource), externalId })
}

/** Calls without an answer that could be believed. */
const UNANSWERED = ['unavailable', 'abandoned']

function isUnanswered({ deliveredAt }: SyncRecord, newest: Newest | null): boolean {
  if (!newest || !UNANSWERED.includes(newest.outcome)) return false
  return deliveredAt === null || newest.startedAt > deliveredAt
}

function factsOf(row: Row, newest: Newest | null): RecordFacts {
  return {
    store: row.source.account,
    platform: Platform.parse(row.source.platform),
    saasId: row.saasId,
    revision: row.revision.toString(),
    deliveredRevision: row.deliveredRevision?.toString() ?? null,
    version: row.desiredUpdatedAt === '' ? null : row.desiredUpdatedAt,
    desiredAt: row.desiredAt?.toISOString() ?? null,
    desiredBy: DesiredBy.safeParse(row.desiredBy).data ?? null,
    createdAt: row.createdAt.toISOString(),
    traceId: newest?.traceId ?? null,
  }
}
