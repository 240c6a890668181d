import { type RecordState } from '../contracts/states'
import { type Action, type Resource } from '../contracts/resource'

/** A row of SyncRecord, as far as folding, claiming and settling need it. Bigints come from the driver as text. */
export interface RecordRow {
  id: string
  sourceConnectionId: string
  resource: Resource
  externalId: string
  state: RecordState
  reason: string | null
  known: Uint8Array | null
  desiredUpdatedAt: string
  desiredTriggeredAt: string
  desiredAction: Action | null
  desiredHash: string | null
  revision: string
  /** The generation under which the SaaS may have been given it; null when it has nothing of it. */
  placedGeneration: number | null
  deliveredHash: string | null
  deliveredBodyHash: string | null
  deliveredGeneration: number | null
  attempts: number
  dueAt: Date | null
  waitingSince: Date | null
  /** When the oldest change that the SaaS has not been sent yet happened, by the source's clock; null when there is none. */
  changedAt: Date | null
  /** The desired hash that a person dismissed; null when nobody did. */
  dismissedHash: string | null
}

/** The columns of a RecordRow, for a SELECT or a RETURNING. */
export const RECORD_COLUMNS = [
  'id',
  'sourceConnectionId',
  'resource',
  'externalId',
  'state',
  'reason',
  'known',
  'desiredUpdatedAt',
  'desiredTriggeredAt',
  'desiredAction',
  'desiredHash',
  'revision',
  'placedGeneration',
  'deliveredHash',
  'deliveredBodyHash',
  'deliveredGeneration',
  'attempts',
  'dueAt',
  'waitingSince',
  'changedAt',
  'dismissedHash',
]
  .map((column) => `r."${column}"`)
  .join(', ')

/** What a fold may change in a row. */
export type DesiredChange = Pick<
  RecordRow,
  | 'state'
  | 'reason'
  | 'known'
  | 'desiredUpdatedAt'
  | 'desiredTriggeredAt'
  | 'desiredAction'
  | 'desiredHash'
  | 'revision'
  | 'attempts'
  | 'dueAt'
  | 'waitingSince'
  | 'changedAt'
>
