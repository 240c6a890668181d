import { PERSONAL_FIELDS, type DialectName, type PiiPolicy, type Resource } from '../contracts/resource'
import { type ConnectionState } from '../contracts/states'

/** What a person of a shop can choose, and the operator's environment says otherwise: where records go, if anywhere, and the policy. */
export type Choice = 'place' | 'policy'

/** What a change may touch of a connection. */
export interface ChangeableConnection {
  kind: 'environment' | 'built_in' | 'merchant'
  address: string | null
  sealedKey: Uint8Array | null
  dialect: DialectName
  piiPolicy: PiiPolicy
  resources: Resource[]
  includeTestOrders: boolean
  /** The personal fields that a looser policy once let out to this address. */
  erasedFields: string[]
  /** What a person of the shop has chosen: the operator's environment leaves it alone. */
  chosen: Choice[]
  state: ConnectionState
  stateReason: string | null
}

/** What is to be different of a connection; what is not named stays. */
export interface ConnectionChange extends Partial<
  Pick<ChangeableConnection, 'kind' | 'address' | 'dialect' | 'piiPolicy' | 'resources' | 'includeTestOrders'>
> {
  /** Another key, sealed; null where the environment holds it. `isSameTenant`: it opens the same account as the one before. */
  key?: { sealed: Uint8Array | null; isSameTenant: boolean }
  /** Whether calls can be made at all, and why not. */
  reach?: { state: 'connected' | 'not_connected'; stateReason: string | null }
  /** What a person chooses by it (true), or leaves to the operator again (false). */
  chooses?: Partial<Record<Choice, boolean>>
}

/** In what a connection differs after a change. */
export type Difference =
  'address' | 'tenant' | 'dialect' | 'policy' | 'selection' | 'key' | 'reach' | 'choice'

/** What a change comes to. */
export interface PlannedChange {
  differences: Difference[]
  after: ChangeableConnection
}

/** Finds out what a change alters, and what is to be erased by it. Pure. */
export function planChange(before: ChangeableConnection, change: ConnectionChange): PlannedChange {
  const { key, reach, chooses = {}, ...named } = change
  const chosen = chosenAfter(before.chosen, chooses)
  const after = { ...before, ...named, chosen, ...(key ? { sealedKey: key.sealed } : {}) }
  const isNewTenant = key?.isSameTenant === false || (after.kind !== before.kind && key === undefined)
  const differs: Record<Difference, boolean> = {
    address: destination(after) !== destination(before),
    tenant: isNewTenant,
    dialect: after.dialect !== before.dialect,
    policy: after.piiPolicy !== before.piiPolicy,
    selection:
      after.includeTestOrders !== before.includeTestOrders || !isSameSet(after.resources, before.resources),
    key: key !== undefined || after.kind !== before.kind,
    reach: reach !== undefined && (reach.state === 'connected') === (before.state === 'not_connected'),
    choice: !isSameSet(chosen, before.chosen),
  }
  const differences = (Object.keys(differs) as Difference[]).filter((name) => differs[name])
  return {
    differences,
    after: { ...after, ...reachAfter(before, reach), erasedFields: erased(before, after, differs) },
  }
}

/** Whether records are to be looked at again, and whether what was delivered is elsewhere now. */
export function isNewGeneration(differences: Difference[]): boolean {
  return (
    differences.some((one) => one === 'dialect' || one === 'policy' || one === 'selection') ||
    isNewPlace(differences)
  )
}

/** Whether records go to a place that has had none of them. */
export function isNewPlace(differences: Difference[]): boolean {
  return differences.includes('address') || differences.includes('tenant')
}

/** Where records go; null when that is not known, as after an uninstallation. */
function destination({ kind, address, sealedKey }: ChangeableConnection): string | null {
  if (kind !== 'built_in') return address
  return sealedKey === null ? null : 'built_in'
}

/** A connection that has changed is tried anew, unless there is nothing to try. */
function reachAfter(
  { state, stateReason }: ChangeableConnection,
  reach: ConnectionChange['reach'],
): Pick<ChangeableConnection, 'state' | 'stateReason'> {
  if (reach) return reach
  return state === 'not_connected' ? { state, stateReason } : { state: 'connected', stateReason: null }
}

/**
 * What an older policy let out and the present one does not. At another place there is nothing to erase; where the place before is
 * not known any more, it may be the same.
 */
function erased(
  before: ChangeableConnection,
  after: ChangeableConnection,
  differs: Record<Difference, boolean>,
): string[] {
  const isElsewhere = (differs.address || differs.tenant) && destination(before) !== null
  const letOut = isElsewhere ? [] : [...before.erasedFields, ...PERSONAL_FIELDS[before.piiPolicy]]
  const allowed = PERSONAL_FIELDS[after.piiPolicy]
  return [...new Set(letOut)].filter((field) => !allowed.includes(field)).sort()
}

function chosenAfter(before: Choice[], chooses: Partial<Record<Choice, boolean>>): Choice[] {
  const choices: readonly Choice[] = ['place', 'policy']
  return choices.filter((choice) => chooses[choice] ?? before.includes(choice))
}

function isSameSet(some: string[], others: string[]): boolean {
  const sorted = (texts: string[]) => [...new Set(texts)].sort().join()
  return sorted(some) === sorted(others)
}
