import { type BulkOperations } from '../bulk/bulk-operations'
import { type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { type Access } from './access'
import { type Lookup } from './lookup'

/** What a resolver can know besides its source: the shop that is asked, and what its app may do. */
export interface GraphqlContext {
  shop: ShopState
  access: Access
  /** Orders that were created before are out of reach; empty when none is. */
  ordersSince: Time
  bulk: BulkOperations
  lookup: Lookup
}

export const WHOLE = Symbol('whole')

export interface Arguments {
  [name: string]: unknown
  /** Asks a connection for all it has, as bulk operations do. */
  [WHOLE]?: true
}

type Field<Source> = (source: Source, args: Arguments, context: GraphqlContext) => unknown
/** The fields of one type. What is not listed is not played, and asking for it is an error that says so. */
export type Fields = Record<string, Field<never>>

/** Types the source of a type's fields; the executor hands each what its parent returned. */
export function fieldsOf<Source>(fields: Record<string, Field<Source>>): Fields {
  return fields
}

/** A source that says which type it is, for fields of an interface or a union. */
export function typed<Source extends object>(__typename: string, source: Source) {
  return { __typename, ...source }
}

/** The digits of a gid of that type; undefined when it is of another. */
export function idIn(gid: unknown, type: string): string | undefined {
  return new RegExp(`^gid://shopify/${type}/(\\d+)`).exec(String(gid))?.[1]
}
