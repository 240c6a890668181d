import { partNames } from '../contracts/parts'
import { type Action, type Platform, type Resource } from '../contracts/resource'
import { type Envelope, type ProductVariant, SCHEMA_VERSION } from '../contracts/shared-schema'
import { canonicalHash } from '../lib/canonical-json'
import { compareDecimals, toMoney } from '../lib/decimal'
import { type Known, tombstone } from './known'

/** Which record it is, and what its store says for all of them. */
export interface RecordIdentity {
  platform: Platform
  store: string
  resource: Resource
  externalId: string
  /** ISO 4217 code of the store's currency; null while unknown. */
  currency: string | null
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
  const incomplete = missingParts(identity.resource, known)
  return {
    action: known.action,
    data: {
      ...base,
      version: known.updatedAt ?? (shortestTime(core.asOf.triggeredAt) || UNKNOWN_TIME),
      updated_at: known.updatedAt,
      ...(incomplete.length > 0 ? { incomplete } : {}),
      ...fields(identity, known),
    },
  }
}

/** The hash that tells whether the SaaS would see a difference. */
export function desiredHash({ action, data }: Desired): string {
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

/** The parts that are unknown, or older than a core that could not carry them. */
function missingParts(resource: Resource, { parts }: Known): string[] {
  const core = parts.core
  return partNames(resource).filter((name) => {
    const part = parts[name]
    return !part || (core !== undefined && part.asOf.updatedAt < core.asOf.updatedAt)
  })
}

function fields(identity: RecordIdentity, known: Known): Record<string, unknown> {
  switch (identity.resource) {
    case 'product':
      return productFields(identity.currency, known)
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

/** A product's prices follow from its variants, and its currency from the store: its payload names none. */
function productFields(currency: string | null, { parts }: Known): Record<string, unknown> {
  const tracked = (parts.stock?.data.tracked ?? {}) as Record<string, boolean>
  const { tracked: _tracked, ...stock } = parts.stock?.data ?? {}
  const variants = [...variantsOf(parts.core?.data), ...variantsOf(parts.variants?.data)].map((variant) =>
    inCurrency(currency, { ...variant, ...trackedOf(variant, tracked) }),
  )
  const knowsVariants = parts.core?.data.variants !== undefined

  return {
    ...parts.core?.data,
    ...parts.collections?.data,
    ...stock,
    ...(currency === null ? {} : { currency }),
    ...(knowsVariants ? { variants, ...prices(variants) } : {}),
  }
}

function variantsOf(data: Record<string, unknown> | undefined): ProductVariant[] {
  return (data?.variants ?? []) as ProductVariant[]
}

function trackedOf(variant: ProductVariant, tracked: Record<string, boolean>): { tracked?: boolean } {
  const isTracked = tracked[variant.external_id]
  return isTracked === undefined ? {} : { tracked: isTracked }
}

function inCurrency(currency: string | null, variant: ProductVariant): ProductVariant {
  const { price, compare_at_price: regular } = variant
  return {
    ...variant,
    ...(price === undefined ? {} : { price: toMoney(price, currency) }),
    ...(regular == null ? {} : { compare_at_price: toMoney(regular, currency) }),
  }
}

function prices(variants: ProductVariant[]): Record<string, unknown> {
  const cheapest = variants
    .filter((variant) => variant.price !== undefined)
    .reduce<ProductVariant | null>((low, variant) => (low && !isCheaper(variant, low) ? low : variant), null)
  return {
    price: cheapest?.price ?? null,
    regular_price: cheapest?.compare_at_price ?? null,
    sku: variants[0]?.sku ?? null,
  }
}

function isCheaper(a: ProductVariant, b: ProductVariant): boolean {
  return compareDecimals(a.price ?? '0', b.price ?? '0') < 0
}

/** A sortable time without the zeros that were added to make it sortable. */
function shortestTime(sortable: string): string {
  return sortable.replace(/\.?0*Z$/, 'Z')
}
