import { type Desired } from './compose-record'
import { type RecordContext } from '../contracts/record-context'
import { type RecordRow } from './record-row'
import { mayBeThere } from './removal'

/** The reason of a record whose resource is not mirrored, and of which the SaaS has nothing. */
export const NOT_SELECTED = 'This resource is not selected for mirroring.'
/** The reason of one that was sent while it was mirrored: how many have it is how many the SaaS keeps. */
export const KEPT_THERE = `${NOT_SELECTED} The SaaS keeps what it was sent.`

/** Why a record is not sent on purpose, in words for a person; null when it is to be sent. */
export function exclusion(
  row: Pick<RecordRow, 'resource' | 'placedGeneration'>,
  desired: Desired,
  context: RecordContext,
): string | null {
  const { resource } = row
  if (!context.resources.includes(resource)) return mayBeThere(row, context) ? KEPT_THERE : NOT_SELECTED
  if (resource === 'order' && desired.data.test === true && !context.includeTestOrders) {
    return 'Test orders are not mirrored.'
  }
  return null
}
