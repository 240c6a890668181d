import { v7 as uuidV7 } from 'uuid'
import { type RecordContext } from '../contracts/record-context'
import { Removals } from '../contracts/removals'
import { type PiiPolicy, type Resource } from '../contracts/resource'
import { type ConnectionState } from '../contracts/states'
import { READING_ORDER } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { type Sealer } from '../lib/sealing'
import { changeConnection, type ConnectionChange } from './change-connection'
import { heldBecause } from './gate'
import { type Choice } from './plan-change'
import { DEFAULT_RESOURCES, type SaasDefaults } from './saas-defaults'
import { type ReadingOrder, startReading } from './start-reading'

/** A shop that is installed and set up. */
export interface InstalledShop {
  shopId: string
  /** What it decides for its records. */
  context: RecordContext
  /** For how many days the bodies of its webhooks are kept. */
  payloadDays: number
  /** Whether this call set it up: its name and currency are to be asked for. */
  isNew: boolean
}

/** What setting a shop up needs: what it is connected to by default, and how. */
export interface EnsureOptions {
  defaults: SaasDefaults
  sealer: Sealer
  queue: Queue
  /** Makes a key of the built-in receiver for a store, in the same transaction. */
  issueReceiverKey(store: string, tx: Sql): Promise<string>
  now: Date
}

interface ShopRow {
  domain: string
  shopId: string | null
  uninstalledAt: Date | null
  currency: string | null
  payloadDays: number | null
  sourceConnectionId: string | null
  askable: Resource[] | null
  connectionId: string | null
  kind: string | null
  hasKey: boolean
  address: string | null
  dialect: string | null
  piiPolicy: PiiPolicy | null
  resources: Resource[] | null
  includeTestOrders: boolean | null
  removals: unknown
  erasedFields: string[] | null
  generation: number | null
  addressGeneration: number | null
  connectionState: ConnectionState | null
  stateReason: string | null
  pausedAt: Date | null
  chosen: Choice[] | null
  /** Whether all that nobody of the shop has chosen is as the environment says. */
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
  const fresh = new Set(incomplete.filter((row) => !isConnected(row)).map(({ domain }) => domain))
  return new Map(complete.map((row) => [row.domain, toShop(row, fresh.has(row.domain))]))
}

function readInstalled(tx: Sql, domains: string[], defaults: SaasDefaults): Promise<ShopRow[]> {
  return tx.query<ShopRow & { [column: string]: unknown }>(
    `SELECT d.domain, s."id" AS "shopId", s."uninstalledAt", s."currency", s."payloadDays", o."id" AS "sourceConnectionId", o."askable",
            c."id" AS "connectionId", c."kind", c."sealedKey" IS NOT NULL AS "hasKey", c."address", c."dialect", c."piiPolicy", c."resources",
            c."includeTestOrders", c."removals", c."erasedFields", c."generation", c."addressGeneration", c."state" AS "connectionState", c."stateReason", c."pausedAt",
            c."chosen",
            (c."kind" = 'merchant' OR 'place' = ANY (c."chosen")
              OR (c."kind" = $2 AND c."address" IS NOT DISTINCT FROM $3 AND c."dialect" = $4 AND (c."state" = 'not_connected') = ($6 = 'not_connected')))
            AND (c."piiPolicy" = $5 OR 'policy' = ANY (c."chosen")) AS "isDefault"
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
  return Boolean(isConnected(row) && row.isDefault)
}

/** Whether all that a shop needs is there, be it as the environment says or not. */
function isConnected(row: ShopRow): boolean {
  return Boolean(row.shopId && !row.uninstalledAt && row.sourceConnectionId && row.connectionId)
}

/** Sets one shop up. Who comes second waits for the lock on the shop, looks again, and finds nothing left to do. */
async function setUp(tx: Sql, domain: string, options: EnsureOptions): Promise<void> {
  const { now } = options
  await tx.query(
    `INSERT INTO "Shop" ("id", "domain", "updatedAt") VALUES ($1, $2, $3)
     ON CONFLICT ("domain") DO UPDATE SET "updatedAt" = $3`,
    [uuidV7(), domain, now],
  )
  await lockConnection(tx, domain)
  const [row] = await readInstalled(tx, [domain], options.defaults)
  if (!row?.shopId || isSetUp(row)) return

  if (row.uninstalledAt) await installAgain(tx, row.shopId)
  await tx.query(
    `INSERT INTO "SourceConnection" ("id", "shopId", "platform", "account", "updatedAt")
     VALUES ($1, $2, 'shopify', $3, $4) ON CONFLICT ("platform", "account") DO NOTHING`,
    [uuidV7(), row.shopId, domain, now],
  )
  if (!isConnected(row)) await readStore(tx, row, options)
  if (!row.isDefault) await connect(tx, row, options)
}

/** What a person chooses meanwhile is waited for, and then left alone. */
async function lockConnection(tx: Sql, domain: string): Promise<void> {
  await tx.query(
    `SELECT 1 FROM "SaasConnection" WHERE "shopId" = (SELECT "id" FROM "Shop" WHERE "domain" = $1) FOR NO KEY UPDATE`,
    [domain],
  )
}

/**
 * Begins an installation with the settings of a new one. The bodies of webhooks that are left of the one before go when it was to be:
 * they count as dated.
 */
async function installAgain(tx: Sql, shopId: string): Promise<void> {
  // The present installation is younger than the uninstallation before it: what was triggered earlier ends nothing.
  await tx.query(
    `UPDATE "Shop" SET "installedAt" = COALESCE("installedAt", "uninstalledAt"), "uninstalledAt" = NULL, "payloadDays" = DEFAULT,
            "payloadsDated" = DEFAULT, "historyDays" = DEFAULT, "statisticDays" = DEFAULT
     WHERE "id" = $1`,
    [shopId],
  )
}

/** Has all of the store read. What was deleted since the app was uninstalled is to be found too. */
async function readStore(tx: Sql, { domain, uninstalledAt }: ShopRow, options: EnsureOptions): Promise<void> {
  const [source] = await tx.query<{ id: string }>(
    `SELECT "id" FROM "SourceConnection" WHERE "platform" = 'shopify' AND "account" = $1`,
    [domain],
  )
  const resources = READING_ORDER.filter((resource) => DEFAULT_RESOURCES.includes(resource))
  const order: ReadingOrder = uninstalledAt
    ? { kind: 'deep-reconciliation', resources, since: null, reason: 'The app was installed again.' }
    : { kind: 'backfill', resources, since: null, reason: 'The app was installed.' }
  if (source) await startReading(tx, source.id, order, options)
}

/** Makes the shop's connection, or brings it to what the environment says now. */
async function connect(tx: Sql, row: ShopRow, options: EnsureOptions): Promise<void> {
  if (row.connectionId === null) return makeConnection(tx, row, options)
  await changeConnection(tx, row.shopId!, await changeOf(tx, row, options), options)
}

/** What the environment says otherwise: of where records go and of the policy each, unless a person has chosen it. */
async function changeOf(tx: Sql, row: ShopRow, options: EnsureOptions): Promise<ConnectionChange> {
  const { kind, address, dialect, piiPolicy, state, stateReason } = options.defaults
  const policy = row.chosen?.includes('policy') ? {} : { piiPolicy }
  if (row.kind === 'merchant' || row.chosen?.includes('place')) return policy
  const key = await keyFor(tx, row, options)
  return { ...policy, kind, address, dialect, reach: { state, stateReason }, ...(key ? { key } : {}) }
}

async function makeConnection(tx: Sql, row: ShopRow, options: EnsureOptions): Promise<void> {
  const { kind, address, dialect, piiPolicy, state, stateReason } = options.defaults
  const key = await keyFor(tx, row, options)
  await tx.query(
    `INSERT INTO "SaasConnection" ("id", "shopId", "kind", "address", "dialect", "sealedKey", "piiPolicy", "resources",
                                   "state", "stateReason", "updatedAt")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT ("shopId") DO NOTHING`,
    [
      uuidV7(),
      row.shopId,
      kind,
      address,
      dialect,
      key?.sealed ?? null,
      piiPolicy,
      DEFAULT_RESOURCES,
      state,
      stateReason,
      options.now,
    ],
  )
}

/** The key for where records go by default, where it is not held already: of the built-in receiver a new one, of the environment none. */
async function keyFor(
  tx: Sql,
  row: ShopRow,
  { defaults, sealer, issueReceiverKey }: EnsureOptions,
): Promise<ConnectionChange['key']> {
  if (row.kind === defaults.kind && (row.hasKey || defaults.kind !== 'built_in')) return undefined
  if (defaults.kind !== 'built_in') return { sealed: null, isSameTenant: false }
  const key = await issueReceiverKey(row.domain, tx)
  return { sealed: sealer.seal(key, keyPurpose(row.shopId!)), isSameTenant: row.kind === 'built_in' }
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
    askable: row.askable!,
    removals: Removals.parse(row.removals),
    erasedFields: row.erasedFields!,
    generation: row.generation!,
    addressGeneration: row.addressGeneration!,
    heldBecause: heldBecause({
      state: row.connectionState!,
      stateReason: row.stateReason,
      pausedAt: row.pausedAt,
    }),
  }
  return { shopId: row.shopId!, context, payloadDays: row.payloadDays!, isNew }
}
