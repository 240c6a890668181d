import { type Resource } from '../contracts/resource'
import { type ReadableResource, READING_ORDER } from '../contracts/store-reader'
import { type Sql } from '../db.server'
import { type Queue } from '../jobs/queue.server'
import { ParityError } from '../lib/errors'
import { lockReading, type ReadingKind, startReading } from './start-reading'

/** What somebody wants to have read of a store. */
export interface BackfillWish {
  kind: ReadingKind
  /** Null for all that the connection mirrors. */
  resources: readonly string[] | null
  /** Only what was updated since then; null for all. */
  since: Date | null
  /** Why, in words for a person. */
  reason: string
  /** Whether the clock wants it, and nobody does: then a comparison leaves alone what a person decided to keep. */
  isByClock?: boolean
}

/**
 * Starts a backfill, or a deep reconciliation, of a shop's source.
 *
 * @returns the run
 * @throws ParityError `SOURCE_MISSING`, `SHOP_NOT_INSTALLED`, `SINCE_TO_COME`, `RESOURCE_UNKNOWN`, `RESOURCE_NOT_SELECTED`, `RESOURCE_OUT_OF_REACH` or
 * `RUN_UNDER_WAY`; nothing is changed then
 */
export async function startBackfill(
  tx: Sql,
  source: { shopId: string; sourceConnectionId: string },
  { kind, resources, since, reason, isByClock = false }: BackfillWish,
  options: { queue: Queue; now: Date },
): Promise<string> {
  if (since !== null && since > options.now) throw refusal('SINCE_TO_COME')
  const facts = await readFacts(tx, source)
  if (!facts) throw refusal('SOURCE_MISSING')
  if (!facts.isInstalled) throw refusal('SHOP_NOT_INSTALLED')
  const order = { kind, resources: choose(resources, facts), since, reason, asksAgain: !isByClock }
  if (await lockReading(tx, source.sourceConnectionId)) throw refusal('RUN_UNDER_WAY')
  return startReading(tx, source.sourceConnectionId, order, options)
}

interface Facts {
  isInstalled: boolean
  resources: Resource[]
  /** The resources that the app may not read at all. */
  outOfReach: string[]
}

async function readFacts(
  tx: Sql,
  { shopId, sourceConnectionId }: { shopId: string; sourceConnectionId: string },
): Promise<Facts | undefined> {
  const [facts] = await tx.query<Facts & { [column: string]: unknown }>(
    `SELECT s."uninstalledAt" IS NULL AND EXISTS (SELECT 1 FROM "Session" i WHERE i."id" = 'offline_' || o."account") AS "isInstalled",
            c."resources", ARRAY(SELECT e."resource" FROM "SourceReach" e WHERE e."sourceConnectionId" = o."id" AND e."reach" = 'none') AS "outOfReach"
     FROM "SourceConnection" o JOIN "Shop" s ON s."id" = o."shopId" JOIN "SaasConnection" c ON c."shopId" = s."id"
     WHERE o."id" = $2 AND o."shopId" = $1 AND o."platform" = 'shopify'`,
    [shopId, sourceConnectionId],
  )
  return facts
}

/** The resources to read. What is not named may be out of reach: its slice says why. @throws ParityError */
function choose(
  named: readonly string[] | null,
  { resources, outOfReach }: Facts,
): readonly ReadableResource[] {
  const selected = READING_ORDER.filter((resource) => resources.includes(resource))
  const wanted = named ?? selected
  if (!wanted.every(isReadable)) throw refusal('RESOURCE_UNKNOWN')
  if (wanted.length === 0 || !wanted.every((resource) => selected.includes(resource)))
    throw refusal('RESOURCE_NOT_SELECTED')
  if (wanted.every((resource) => outOfReach.includes(resource))) throw refusal('RESOURCE_OUT_OF_REACH')
  return wanted
}

function isReadable(resource: string): resource is ReadableResource {
  return (READING_ORDER as readonly string[]).includes(resource)
}

const REFUSALS = {
  SOURCE_MISSING: 'There is no such store.',
  SHOP_NOT_INSTALLED: 'The app is not installed in this shop.',
  SINCE_TO_COME: 'That time is still to come: nothing has happened since then.',
  RESOURCE_UNKNOWN: 'There is no such kind of record that a store can be asked for.',
  RESOURCE_NOT_SELECTED: 'Records of this kind are not mirrored. Select them first.',
  RESOURCE_OUT_OF_REACH: 'The store does not let Parity read records of this kind.',
  RUN_UNDER_WAY: 'The store is being read already. Wait until that is done, or cancel it.',
} as const

function refusal(code: keyof typeof REFUSALS): ParityError {
  return new ParityError(code, { message: REFUSALS[code], userMessage: REFUSALS[code] })
}
