import { v5 as uuidV5 } from 'uuid'
import { type Resource } from '../contracts/resource'

/** The namespace of record ids: a record's id follows from its source connection, resource and external id. */
const RECORD_NAMESPACE = '6f1d9b0c-55f3-4a0e-9c2e-2f7a3b3f4f10'

/** The id of a record: the same before the record exists, and after a reinstallation. */
export function recordIdOf(sourceConnectionId: string, resource: Resource, externalId: string): string {
  return uuidV5(`${sourceConnectionId}/${resource}/${externalId}`, RECORD_NAMESPACE)
}
