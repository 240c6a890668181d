import { z } from 'zod'
import { type KeepDays } from '~/contracts/keep-days'
import { PiiPolicy, Platform } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'
import { type Sealer } from '~/lib/sealing'
import { withExample } from '~/records/example-known'
import { type Known, NOTHING } from '~/records/known'
import { type Leaving, personalPreview } from '~/records/personal-preview'
import { openKnown } from '~/records/sealed-known'
import { maskValue } from '../mask-value'
import { type ShopScope } from './scope.server'

/** The resources with personal data. */
const PERSONAL = ['customer', 'order'] as const
export type PersonalResource = (typeof PERSONAL)[number]

/** A field with personal data, and what becomes of it under each policy. */
export interface FieldView {
  name: string
  /** What can be told of its value; null when it has none. */
  shape: string | null
  /** Whether the value is made up, because none of the shop's own is stored. */
  isExample: boolean
  under: Record<PiiPolicy, Leaving>
}

/** What leaves of a record of one resource: the shop's own that changed last, or an example. */
export interface PreviewView {
  resource: PersonalResource
  isExample: boolean
  fields: FieldView[]
  /** The names of all other fields: they leave under every policy. */
  others: string[]
}

/** What may leave, and for how long what is kept is kept. */
export interface PrivacyView {
  policy: PiiPolicy
  days: KeepDays
  previews: PreviewView[]
}

/** Reads what a shop has decided about personal data; null while it has no connection. */
export async function presentPrivacy(
  db: Database,
  scope: ShopScope,
  sealer: Sealer,
): Promise<PrivacyView | null> {
  const shop = await db.prisma.shop.findUnique({ where: { id: scope.shopId }, include: { saas: true } })
  if (!shop?.saas) return null
  const { payloadDays, historyDays, statisticDays } = shop
  return {
    policy: PiiPolicy.parse(shop.saas.piiPolicy),
    days: { payloadDays, historyDays, statisticDays },
    previews: await Promise.all(
      PERSONAL.map(async (resource) => previewOf(resource, await findLatest(db, scope, resource), sealer)),
    ),
  }
}

const Latest = z.object({
  id: z.string(),
  externalId: z.string(),
  known: z.instanceof(Uint8Array),
  platform: Platform,
  store: z.string(),
})
type Latest = z.infer<typeof Latest>

/** The record of a resource that was written last: state by state down an index, however many there are. */
async function findLatest(
  db: Database,
  { sourceIds }: ShopScope,
  resource: PersonalResource,
): Promise<Latest | null> {
  const [row] = await db.query(
    `SELECT r."id", r."externalId", r."known", o."platform", o."account" AS "store"
     FROM "SourceConnection" o CROSS JOIN unnest($2::text[]) AS each(state) CROSS JOIN LATERAL (
       SELECT "id", "externalId", "known", "updatedAt" FROM "SyncRecord"
       WHERE "sourceConnectionId" = o."id" AND "resource" = $3 AND "state" = each.state AND "known" IS NOT NULL
       ORDER BY "updatedAt" DESC LIMIT 1
     ) r
     WHERE o."id" = ANY ($1::uuid[]) ORDER BY r."updatedAt" DESC LIMIT 1`,
    [sourceIds, RecordState.exclude(['deleted']).options, resource],
  )
  return row ? Latest.parse(row) : null
}

function previewOf(resource: PersonalResource, latest: Latest | null, sealer: Sealer): PreviewView {
  const own = latest ? open(latest, sealer) : NOTHING
  const identity = {
    platform: latest?.platform ?? ('shopify' as const),
    store: latest?.store ?? '',
    currency: null,
    erasedFields: [],
    resource,
    externalId: latest?.externalId ?? '1',
  }
  const { known, isExample } = withExample(resource, own)
  const stored = new Set(personalPreview(identity, own).personal.map(({ name }) => name))
  const { personal, others } = personalPreview(identity, known)
  const fields = personal.map(({ name, value, under }) => ({
    name,
    shape: maskValue(value),
    isExample: !stored.has(name),
    under,
  }))
  return { resource, isExample, fields, others }
}

/** What cannot be opened is as if there were none: the example stands for it. */
function open({ id, known }: Latest, sealer: Sealer): Known {
  try {
    return openKnown({ id, known }, 'full', sealer)
  } catch {
    return NOTHING
  }
}
