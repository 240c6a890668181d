import { type RecordContext } from '../contracts/record-context'
import { type Action, type Resource } from '../contracts/resource'
import { DATA, type Envelope, SCHEMA_VERSION } from '../contracts/shared-schema'
import { canonicalHash } from '../lib/canonical-json'
import { productFields } from './compose-product'
import { type Known, tombstone } from './known'
import { lackingParts } from './stale-parts'

/** Which record it is, and what its store says for all of them. */
export interface RecordIdentity extends Pick<
  RecordContext,
  'platform' | 'store' | 'currency' | 'erasedFields'
> {
  resource: Resource
  externalId: string
}

/** The desired state of a record, but for its revision. */
export interface Desired {
  action: Action
  data: Record<string, unknown>
}

/** The shared record that follows from what is known; null while its core is unknown. Pure and canonical. */
export function composeRecord(identity: RecordIdentity, known: Known): Desired | null {
  const base = {
    schema_version: SCHEMA_VERSION,
    source: identity.platform,
    store: identity.store,
    external_id: identity.externalId,
  }

  const deletion = tombstone(known)
  if (deletion) {
    const { deletedAt, mergedIntoExternalId } = deletion
    const merged = mergedIntoExternalId === undefined ? {} : { merged_into_external_id: mergedIntoExternalId }
    return { action: 'deleted', data: { ...base, version: deletedAt, deleted_at: deletedAt, ...merged } }
  }

  const { core } = known.parts
  if (!core) return null
  const incomplete = lackingParts(identity.resource, known)
  return {
    action: known.action,
    data: {
      ...base,
      version: known.updatedAt ?? (shortestTime(core.asOf.triggeredAt) || UNKNOWN_TIME),
      updated_at: known.updatedAt,
      ...(incomplete.length > 0 ? { incomplete } : {}),
      ...fields(identity, known),
      ...erased(identity),
    },
  }
}

/** What a looser policy once let out, as known to be empty: a SaaS that keeps what is absent must forget it. */
function erased({ resource, erasedFields }: RecordIdentity): Record<string, null> {
  const fields = erasedFields.filter((field) => field in DATA[resource].shape)
  return Object.fromEntries(fields.map((field) => [field, null]))
}

/** The hash that tells whether the SaaS would see a difference. */
export function desiredHash(desired: Desired): string {
  const known = hashes.get(desired)
  if (known !== undefined) return known

  const hash = hashOf(desired)
  hashes.set(desired, hash)
  return hash
}

/** A fold asks for the hash of one state up to three times. */
const hashes = new WeakMap<Desired, string>()

function hashOf({ action, data }: Desired): string {
  const { schema_version: _s, version: _v, updated_at: _u, ...seen } = data
  return canonicalHash({ deleted: action === 'deleted', seen })
}

/** The desired state with its revision: what a dialect takes. */
export function toEnvelope(resource: Resource, desired: Desired, revision: number): Envelope {
  // The parts were validated when they were mapped; composing them only puts them side by side.
  return { resource, action: desired.action, data: { ...desired.data, revision } } as unknown as Envelope
}

/** For a state whose source gives no time at all. */
const UNKNOWN_TIME = '1970-01-01T00:00:00Z'

function fields(identity: RecordIdentity, known: Known): Record<string, unknown> {
  switch (identity.resource) {
    case 'product':
      return productFields(identity.currency, known.parts)
    case 'order':
    case 'customer':
    case 'category':
    case 'message':
      return Object.assign({}, ...Object.values(known.parts).map((part) => part.data)) as Record<
        string,
        unknown
      >
  }
}

/** A sortable time without the zeros that were added to make it sortable. */
function shortestTime(sortable: string): string {
  return sortable.replace(/\.?0*Z$/, 'Z')
}
