import { v7 as uuidV7 } from 'uuid'
import { type RecordContext } from '../contracts/record-context'
import { type PiiPolicy, type Resource } from '../contracts/resource'
import { type ConnectionState } from '../contracts/states'
import { type Sql } from '../db.server'
import { type Sealer } from '../lib/sealing'
import { heldBecause } from './gate'
import { DEFAULT_RESOURCES, type SaasDefaults } from './saas-defaults'

/** A shop that is installed and set up. */
export interface InstalledShop {
  shopId: string
  /** What it decides for its records. */
  context: RecordContext
  /** Whether this call set it up: its name and currency are to be asked for. */
  isNew: boolean
}

export interface EnsureOptions {
  defaults: SaasDefaults
  sealer: Sealer
  /** Makes a key of the built-in receiver for a store, in the same transaction. */
  issueReceiverKey(store: string, tx: Sql): Promise<string>
  now: Date
}

interface ShopRow {
  domain: string
  shopId: string | null
  uninstalledAt: Date | null
  currency: string | null
  sourceConnectionId: string | null
  connectionId: string | null
  kind: string | null
  address: string | null
  dialect: string | null
  piiPolicy: PiiPolicy | null
  resources: Resource[] | null
  includeTestOrders: boolean | null
  erasedFields: string[] | null
  generation: number | null
  connectionState: ConnectionState | null
  stateReason: string | null
  pausedAt: Date | null
  isDefault: boolean | null
}

/**
 * Those of the domains that are installed, each set up: shop, source connection, SaaS connection. One read when all are; what is
 * missing is made first. A shop is installed when it has an offline session. Idempotent.
 */
export async function ensureShops(
  tx: Sql,
  domains: string[],
  options: EnsureOptions,
): Promise<Map<string, InstalledShop>> {
  const sorted = [...new Set(domains)].sort()
  const rows = await readInstalled(tx, sorted, options.defaults)
  const incomplete = rows.filter((row) => !isSetUp(row))
  for (const { domain } of incomplete) await setUp(tx, domain, options)

  const complete = incomplete.length === 0 ? rows : await readInstalled(tx, sorted, options.defaults)
  const fresh = new Set(incomplete.map(({ domain }) => domain))
  return new Map(complete.map((row) => [row.domain, toShop(row, fresh.has(row.domain))]))
}

function readInstalled(tx: Sql, domains: string[], defaults: SaasDefaults): Promise<ShopRow[]> {
  return tx.query<ShopRow & { [column: string]: unknown }>(
    `SELECT d.domain, s."id" AS "shopId", s."uninstalledAt", s."currency", o."id" AS "sourceConnectionId",
            c."id" AS "connectionId", c."kind", c."address", c."dialect", c."piiPolicy", c."resources",
            c."includeTestOrders", c."erasedFields", c."generation", c."state" AS "connectionState", c."stateReason", c."pausedAt",
            c."kind" = 'merchant' OR (c."kind" = $2 AND c."address" IS NOT DISTINCT FROM $3 AND c."dialect" = $4
              AND c."piiPolicy" = $5 AND (c."state" = 'not_connected') = ($6 = 'not_connected')) AS "isDefault"
     FROM unnest($1::text[]) d(domain)
     JOIN "Session" i ON i."id" = 'offline_' || d.domain
     LEFT JOIN "Shop" s ON s."domain" = d.domain
     LEFT JOIN "SourceConnection" o ON o."platform" = 'shopify' AND o."account" = d.domain
     LEFT JOIN "SaasConnection" c ON c."shopId" = s."id"
     ORDER BY d.domain`,
    [domains, defaults.kind, defaults.address, defaults.dialect, defaults.piiPolicy, defaults.state],
  )
}

function isSetUp(row: ShopRow): boolean {
  return Boolean(
    row.shopId && !row.uninstalledAt && row.sourceConnectionId && row.connectionId && row.isDefault,
  )
}

/** Sets one shop up. Who comes second waits for the lock on the shop, looks again, and finds nothing left to do. */
async function setUp(tx: Sql, domain: string, options: EnsureOptions): Promise<void> {
  const { now } = options
  await tx.query(
    `INSERT INTO "Shop" ("id", "domain", "updatedAt") VALUES ($1, $2, $3)
     ON CONFLICT ("domain") DO UPDATE SET "updatedAt" = $3`,
    [uuidV7(), domain, now],
  )
  const [row] = await readInstalled(tx, [domain], options.defaults)
  if (!row?.shopId || isSetUp(row)) return

  // The present installation is younger than the uninstallation before it: what was triggered earlier ends nothing.
  await tx.query(
    `UPDATE "Shop" SET "installedAt" = COALESCE("installedAt", "uninstalledAt"), "uninstalledAt" = NULL WHERE "id" = $1`,
    [row.shopId],
  )
  await tx.query(
    `INSERT INTO "SourceConnection" ("id", "shopId", "platform", "account", "updatedAt")
     VALUES ($1, $2, 'shopify', $3, $4) ON CONFLICT ("platform", "account") DO NOTHING`,
    [uuidV7(), row.shopId, domain, now],
  )
  if (!row.isDefault) await connect(tx, row.shopId, domain, options)
}

/** Makes the shop's connection, or brings it to what the environment says now: a new generation. */
async function connect(tx: Sql, shopId: string, domain: string, options: EnsureOptions): Promise<void> {
  const { defaults, sealer, now } = options
  const sealedKey =
    defaults.kind === 'built_in'
      ? sealer.seal(await options.issueReceiverKey(domain, tx), keyPurpose(shopId))
      : null
  await tx.query(
    `INSERT INTO "SaasConnection" AS c ("id", "shopId", "kind", "address", "dialect", "sealedKey", "piiPolicy", "resources",
                                        "state", "stateReason", "updatedAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT ("shopId") DO UPDATE SET
       "kind" = EXCLUDED."kind", "address" = EXCLUDED."address", "dialect" = EXCLUDED."dialect",
       "sealedKey" = EXCLUDED."sealedKey", "piiPolicy" = EXCLUDED."piiPolicy", "state" = EXCLUDED."state",
       "stateReason" = EXCLUDED."stateReason", "generation" = c."generation" + 1, "updatedAt" = EXCLUDED."updatedAt"
     WHERE c."kind" <> 'merchant'`,
    [
      uuidV7(),
      shopId,
      defaults.kind,
      defaults.address,
      defaults.dialect,
      sealedKey,
      defaults.piiPolicy,
      DEFAULT_RESOURCES,
      defaults.state,
      defaults.stateReason,
      now,
    ],
  )
}

/** What a sealed API key is bound to. */
export function keyPurpose(shopId: string): string {
  return `saas-key:${shopId}`
}

function toShop(row: ShopRow, isNew: boolean): InstalledShop {
  const context: RecordContext = {
    shopId: row.shopId!,
    sourceConnectionId: row.sourceConnectionId!,
    platform: 'shopify',
    store: row.domain,
    currency: row.currency,
    piiPolicy: row.piiPolicy!,
    resources: row.resources!,
    includeTestOrders: row.includeTestOrders!,
    erasedFields: row.erasedFields!,
    generation: row.generation!,
    heldBecause: heldBecause({
      state: row.connectionState!,
      stateReason: row.stateReason,
      pausedAt: row.pausedAt,
    }),
  }
  return { shopId: row.shopId!, context, isNew }
}
