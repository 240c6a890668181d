import { type Resource } from '../contracts/resource'
import { type Desired } from './compose-record'
import { type RecordContext } from '../contracts/record-context'

/** Why a record is not sent on purpose, in words for a person; null when it is to be sent. */
export function exclusion(resource: Resource, desired: Desired, context: RecordContext): string | null {
  if (!context.resources.includes(resource)) return 'This resource is not selected for mirroring.'
  if (resource === 'order' && desired.data.test === true && !context.includeTestOrders) {
    return 'Test orders are not mirrored.'
  }
  return null
}
