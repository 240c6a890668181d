import { type PiiPolicy, type Platform, type Resource } from './resource'

/** What a record's shop decides for all of its records: where they come from, and what may go where. */
export interface RecordContext {
  sourceConnectionId: string
  platform: Platform
  store: string
  /** ISO 4217 code of the shop's currency; null while unknown. */
  currency: string | null
  piiPolicy: PiiPolicy
  /** The resources that the connection mirrors. */
  resources: Resource[]
  includeTestOrders: boolean
  /** The connection's generation. */
  generation: number
}
