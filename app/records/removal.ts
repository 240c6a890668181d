import { type RecordContext } from '../contracts/record-context'
import { SCHEMA_VERSION } from '../contracts/shared-schema'
import { type Desired, desiredHash } from './compose-record'
import { type RecordRow } from './record-row'

type Row = Pick<RecordRow, 'resource' | 'externalId' | 'placedGeneration'>

/**
 * What the SaaS is told of a record that is to be removed there, whatever its store has: that it is gone, since a person said so. Null for
 * one that is not to be removed: its resource is selected, nobody asked for it, or the SaaS has nothing of it.
 */
export function removalOf(row: Row, context: RecordContext): Desired | null {
  const since = context.resources.includes(row.resource) ? undefined : context.removals[row.resource]
  if (since === undefined || !mayBeThere(row, context)) return null
  const base = {
    schema_version: SCHEMA_VERSION,
    source: context.platform,
    store: context.store,
    external_id: row.externalId,
  }
  return { action: 'deleted', data: { ...base, version: since, deleted_at: since } }
}

/** Whether the SaaS may have a record, at the place where records go now. */
export function mayBeThere(
  { placedGeneration }: Pick<RecordRow, 'placedGeneration'>,
  { addressGeneration }: Pick<RecordContext, 'addressGeneration'>,
): boolean {
  return placedGeneration !== null && placedGeneration >= addressGeneration
}

/** Whether a row says that the SaaS should lose what the store has, as `desired` says: a removal that was to be. */
export function isRemoval(row: Pick<RecordRow, 'desiredAction' | 'desiredHash'>, desired: Desired): boolean {
  return row.desiredAction === 'deleted' && row.desiredHash !== desiredHash(desired)
}
