import { type Removals } from './removals'
import { type PiiPolicy, type Platform, type Resource } from './resource'

/** What a record's shop decides for all of its records: where they come from, and what may go where. */
export interface RecordContext {
  shopId: string
  sourceConnectionId: string
  platform: Platform
  store: string
  /** ISO 4217 code of the shop's currency; null while unknown. */
  currency: string | null
  piiPolicy: PiiPolicy
  /** The personal fields that a looser policy once let out to this SaaS: they are sent as empty. */
  erasedFields: string[]
  /** The resources that the connection mirrors. */
  resources: Resource[]
  /** The resources that are not, and that are removed from the SaaS. */
  removals: Removals
  includeTestOrders: boolean
  /** The resources whose missing parts the store can be asked for. */
  askable: Resource[]
  /** The connection's generation. */
  generation: number
  /** The generation since which address and tenant are what they are. */
  addressGeneration: number
  /** Why what is sent must wait for the connection, in words for a person; null when it need not. */
  heldBecause: string | null
}
