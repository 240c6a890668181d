import { z } from 'zod'
import { PiiPolicy, Resource } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Sealer } from '~/lib/sealing'
import { titleOf } from '~/records/record-title'
import { openKnown } from '~/records/sealed-known'
import { hideAddresses } from '../hide-addresses'
import { maskName } from '../mask-name'
import { Instant } from './instant'
import { type ShopScope } from './scope.server'

const Row = z.object({
  id: z.uuid(),
  resource: Resource,
  externalId: z.string(),
  state: RecordState,
  /** Why it is in that state, in words, without the addresses that a SaaS may repeat. */
  reason: z.string().transform(hideAddresses).nullable(),
  /** When it last changed, here or at the SaaS, ISO 8601. */
  updatedAt: Instant,
  /** ISO 8601; null when the SaaS has not taken it yet. */
  deliveredAt: Instant.nullable(),
})

/** A record in a list. */
export interface RecordRow extends z.infer<typeof Row> {
  /** What it is called, a person's name masked; null where that is not known. */
  name: string | null
}

interface Options {
  db: Database
  sealer: Sealer
  /** Whether the names of persons are shown in full. */
  reveal: boolean
}

/** The records of a shop with these ids, in their order; those that there are. At most a page of them: each is opened for its name. */
export async function presentRecordRows(
  { db, sealer, reveal }: Options,
  scope: ShopScope,
  ids: string[],
): Promise<RecordRow[]> {
  const [policy, rows] = await Promise.all([policyOf(db, scope), readRows(db, scope, ids)])
  return rows.map((row) => ({ ...Row.parse(row), name: nameOf(row, policy, { sealer, reveal }) }))
}

interface StoredRow {
  id: string
  resource: string
  known: Uint8Array | null
  [column: string]: unknown
}

function readRows(db: Database, { sourceIds }: ShopScope, ids: string[]): Promise<StoredRow[]> {
  return db.query(
    `SELECT r."id", r."resource", r."externalId", r."state", COALESCE(r."reason", r."lastError") AS "reason", r."updatedAt",
            r."deliveredAt", r."known"
     FROM unnest($1::uuid[]) WITH ORDINALITY AS w(id, place) JOIN "SyncRecord" r ON r."id" = w.id
     WHERE r."sourceConnectionId" = ANY($2::uuid[]) ORDER BY w.place`,
    [ids, sourceIds],
  )
}

/** What personal data may be known here. */
async function policyOf(db: Database, { shopId }: ShopScope): Promise<PiiPolicy> {
  const connection = await db.prisma.saasConnection.findUnique({
    where: { shopId },
    select: { piiPolicy: true },
  })
  return PiiPolicy.catch('none').parse(connection?.piiPolicy)
}

/** What a row is called. One that cannot be opened is shown by its id: its own page says what is wrong. */
function nameOf(
  { id, resource, known }: StoredRow,
  policy: PiiPolicy,
  { sealer, reveal }: Omit<Options, 'db'>,
): string | null {
  try {
    const title = titleOf(Resource.parse(resource), openKnown({ id, known }, policy, sealer))
    if (!title) return null
    return title.isPersonal && !reveal ? maskName(title.text) : title.text
  } catch {
    return null
  }
}
