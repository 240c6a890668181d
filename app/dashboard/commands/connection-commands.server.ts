import { resolveAccess } from '~/delivery/resolve-access'
import { FieldError } from '~/lib/field-error'
import { readPublicAddress } from '~/lib/public-address'
import { DIALECTS } from '~/saas/dialects'
import { trySaas } from '~/saas/try-saas'
import {
  type ConnectOptions,
  connectSaas,
  disconnectSaas,
  type OwnSaas,
  type Place,
} from '~/shops/connect-saas'
import { limitCalls } from '~/shops/limit-calls'
import { noConnection } from '~/shops/no-connection'
import { readDeliveryTarget } from '~/shops/read-delivery-target'
import { type ShopScope } from '../presenters/scope.server'
import { type CommandOf, type CommandPorts, DONE, type Runner } from './runner'
import { sendTest } from './send-test.server'

type Wish = CommandOf<'save-connection'>

/** How long a SaaS may take to answer before it is connected: a person waits. */
const PATIENCE_MS = 8_000

/** Connects the SaaS that the person has chosen, when it answers as it should, and sets how fast it is called. */
export const saveConnection: Runner<'save-connection'> = async (ports, scope, wish) => {
  await ownConnection(ports, scope, wish.connection)
  const place = placeOf(wish)
  await tryPlace(ports, scope, place)
  const { callsPerSecond, concurrency } = wish
  await ports.db.transaction(async (tx) => {
    if (place) await connectSaas(tx, scope.shopId, place, connectOptions(ports))
    await limitCalls(tx, scope.shopId, { callsPerSecond, concurrency }, ports.clock())
  })
  return DONE
}

/** Sends nothing more. What is said of the connection of another shop is refused. */
export const disconnect: Runner<'disconnect'> = async (ports, scope, { connection }) => {
  await ownConnection(ports, scope, connection)
  const options = { queue: ports.queue, now: ports.clock() }
  await ports.db.transaction((tx) => disconnectSaas(tx, scope.shopId, options))
  return DONE
}

/** Sends an event that does no harm, and says what came back. */
export const sendTestEvent: Runner<'send-test-event'> = async (ports, scope, { connection }) => {
  await ownConnection(ports, scope, connection)
  return { ...DONE, test: await sendTest(ports, scope) }
}

/** @throws ParityError `CONNECTION_MISSING` when the connection is not that of the shop */
async function ownConnection({ db }: CommandPorts, { shopId }: ShopScope, id: string): Promise<void> {
  if (!(await db.prisma.saasConnection.findFirst({ where: { id, shopId }, select: { id: true } })))
    throw noConnection()
}

/** Null where it is to stay as it is. @throws FieldError when the address cannot be taken */
function placeOf({ place, address, dialect, apiKey, account }: Wish): Place | null {
  if (place === 'as_it_is') return null
  if (place !== 'own') return { kind: place }
  const read = readPublicAddress(address)
  if ('fault' in read) throw new FieldError({ address: read.fault })
  return {
    kind: 'merchant',
    address: read.address,
    dialect,
    apiKey: apiKey === '' ? null : apiKey,
    isSameAccount: account === 'same',
  }
}

/** A SaaS of the merchant's own is tried before anything is changed, unless nothing about it is. @throws FieldError */
async function tryPlace(ports: CommandPorts, scope: ShopScope, place: Place | null): Promise<void> {
  if (place?.kind !== 'merchant') return
  const { address, dialect } = place
  const apiKey = place.apiKey ?? (await keyToTry(ports, scope, place))
  if (apiKey === null) return
  const fault = await trySaas(DIALECTS[dialect], {
    address,
    apiKey,
    givenBy: 'merchant',
    source: 'shopify',
    store: scope.domain,
    now: ports.clock(),
    timeoutMs: PATIENCE_MS,
  })
  if (fault) throw new FieldError({ [fault.field]: fault.code })
}

/**
 * The key that is connected, where it has not been tried in that dialect. Otherwise null: there is nothing new to try, or it is refused for the
 * key that is missing.
 */
async function keyToTry(
  { db, saas }: CommandPorts,
  { shopId }: ShopScope,
  { address, dialect }: OwnSaas,
): Promise<string | null> {
  const target = await readDeliveryTarget(db, shopId)
  if (target?.connection.kind !== 'merchant') return null
  if (target.connection.address !== address || target.connection.dialect === dialect) return null
  const access = resolveAccess(target, saas.access)
  return access.kind === 'address' ? access.apiKey : null
}

function connectOptions({ queue, sealer, clock, saas }: CommandPorts): ConnectOptions {
  const { defaults, issueReceiverKey, access } = saas
  const { environmentKey } = access
  return { queue, sealer, defaults, issueReceiverKey, environmentKey, now: clock() }
}
