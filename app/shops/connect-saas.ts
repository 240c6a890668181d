import { type DialectName } from '../contracts/resource'
import { type Sql } from '../db.server'
import { FieldError } from '../lib/field-error'
import { type Sealer } from '../lib/sealing'
import { type Queue } from '../jobs/queue.server'
import { type ChangedConnection, changeConnection, type ConnectionChange } from './change-connection'
import { keyPurpose } from './ensure-shops'
import { noConnection } from './no-connection'
import { type ChangeableConnection } from './plan-change'
import { type SaasDefaults } from './saas-defaults'

/** Where a person of a shop wants its records to go. */
export type Place =
  /** To the mirror that is built into Parity. */
  | { kind: 'built_in' }
  /** To where the operator's environment says. */
  | { kind: 'environment' }
  | OwnSaas

/** To a SaaS of the merchant's own. */
export interface OwnSaas {
  kind: 'merchant'
  /** As `readPublicAddress` has it. */
  address: string
  dialect: DialectName
  /** Null keeps the one that is set. */
  apiKey: string | null
  /** Whether another key at the same address opens the same account: then what was delivered there counts. */
  isSameAccount: boolean
}

/** What connecting a SaaS needs. */
export interface ConnectOptions {
  defaults: SaasDefaults
  sealer: Sealer
  queue: Queue
  /** The operator's key. */
  environmentKey(): string | undefined
  /** Makes a key of the built-in receiver for a store, in the same transaction. */
  issueReceiverKey(store: string, tx: Sql): Promise<string>
  now: Date
}

type Row = Pick<ChangeableConnection, 'kind' | 'address' | 'sealedKey' | 'chosen'> & { domain: string }

/**
 * Has a shop's records go where a person wants them to, whatever the environment says later. The same wish a second time changes nothing.
 *
 * @throws FieldError `MISSING` for `apiKey` where none is set for that address, `PLACE_NOT_OFFERED` for `place`; ParityError
 *   `CONNECTION_MISSING`. Nothing is changed then
 */
export async function connectSaas(
  tx: Sql,
  shopId: string,
  place: Place,
  options: ConnectOptions,
): Promise<ChangedConnection> {
  const row = await lockPlace(tx, shopId)
  const change = await changeTo(place, { tx, shopId, row, options })
  return changeConnection(tx, shopId, change, options)
}

/**
 * Sends nothing more to a shop's SaaS until a person connects one again, and forgets a merchant's key. What changes meanwhile waits; what the SaaS
 * has stays there, and counts when it is connected again. A second time changes nothing.
 *
 * @throws ParityError `CONNECTION_MISSING` when the shop has no connection; nothing is changed then
 */
export async function disconnectSaas(
  tx: Sql,
  shopId: string,
  options: { queue: Queue; now: Date },
): Promise<void> {
  const { kind, sealedKey } = await lockPlace(tx, shopId)
  const forgets = kind === 'merchant' && sealedKey !== null
  await changeConnection(
    tx,
    shopId,
    {
      reach: { state: 'not_connected', stateReason: 'No SaaS is connected: you have disconnected it.' },
      chooses: { place: true },
      ...(forgets ? { key: { sealed: null, isSameTenant: true } } : {}),
    },
    options,
  )
}

/** Holds the connection, so that what is found out of it holds until it is changed. */
async function lockPlace(tx: Sql, shopId: string): Promise<Row> {
  const [row] = await tx.query<Row & { [column: string]: unknown }>(
    `SELECT c."kind", c."address", c."sealedKey", c."chosen", s."domain"
     FROM "SaasConnection" c JOIN "Shop" s ON s."id" = c."shopId" WHERE c."shopId" = $1 FOR NO KEY UPDATE OF c`,
    [shopId],
  )
  if (!row) throw noConnection()
  return row
}

interface Standing {
  tx: Sql
  shopId: string
  row: Row
  options: ConnectOptions
}

async function changeTo(place: Place, standing: Standing): Promise<ConnectionChange> {
  switch (place.kind) {
    case 'merchant':
      return toOwn(place, standing)
    case 'built_in':
      return toBuiltIn(standing)
    case 'environment':
      return toEnvironment(standing)
  }
}

function toOwn(place: OwnSaas, { row, shopId, options }: Standing): ConnectionChange {
  const { address, dialect, apiKey, isSameAccount } = place
  const isSameAddress = row.kind !== 'built_in' && row.address === address
  const change = {
    kind: 'merchant' as const,
    address,
    dialect,
    reach: { state: 'connected' as const, stateReason: null },
    chooses: { place: true },
  }
  const isHeld = isSameAddress && row.kind === 'merchant' && row.sealedKey !== null
  // A key goes nowhere but to the address that it was typed for.
  if (apiKey === null && !isHeld) throw new FieldError({ apiKey: 'MISSING' })
  if (apiKey === null) return change

  const isSameKey = isSameAddress && apiKey === presentKey(row, shopId, options)
  if (isSameKey && isHeld) return change
  const sealed = options.sealer.seal(apiKey, keyPurpose(shopId))
  return { ...change, key: { sealed, isSameTenant: isSameKey || (isSameAddress && isSameAccount) } }
}

function presentKey(row: Row, shopId: string, { sealer, environmentKey }: ConnectOptions): string | null {
  if (row.kind === 'environment') return environmentKey() ?? null
  return row.sealedKey && sealer.openText(row.sealedKey, keyPurpose(shopId))
}

async function toBuiltIn({ tx, shopId, row, options }: Standing): Promise<ConnectionChange> {
  const change: ConnectionChange = {
    kind: 'built_in',
    address: null,
    reach: { state: 'connected', stateReason: null },
    chooses: { place: true },
  }
  if (row.kind === 'built_in' && row.sealedKey) return change
  const sealed = options.sealer.seal(await options.issueReceiverKey(row.domain, tx), keyPurpose(shopId))
  return { ...change, key: { sealed, isSameTenant: row.kind === 'built_in' } }
}

/** As the environment says now; it decides from now on, too. */
function toEnvironment({ row, options }: Standing): ConnectionChange {
  const { kind, address, dialect, piiPolicy, state, stateReason } = options.defaults
  if (kind !== 'environment') throw new FieldError({ place: 'PLACE_NOT_OFFERED' })
  return {
    kind,
    address,
    dialect,
    ...(row.chosen.includes('policy') ? {} : { piiPolicy }),
    reach: { state, stateReason },
    chooses: { place: false },
    ...(row.kind === kind ? {} : { key: { sealed: null, isSameTenant: false } }),
  }
}
