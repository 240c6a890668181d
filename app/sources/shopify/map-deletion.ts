import { type DeletionNews } from '../../contracts/news'
import { type Resource } from '../../contracts/resource'
import { type LosslessJson } from '../../lib/lossless-json'
import { type Delivery, stateVersion } from './delivery'
import { externalId, IDS, object, parseBody } from './payload'

const Deleted = object(IDS)

/** A deleted record: its body is an id and nothing to rely on besides, so that its time is the trigger's. */
export function mapDeletion(resource: Resource) {
  return (body: LosslessJson, delivery: Delivery): [DeletionNews] => [
    deletion(resource, externalId(parseBody(Deleted, body)), delivery),
  ]
}

/** The news that a record is gone since its trigger time. */
export function deletion(resource: Resource, externalId: string, delivery: Delivery): DeletionNews {
  return {
    kind: 'deletion',
    resource,
    externalId,
    version: stateVersion(null, delivery),
    deletedAt: delivery.triggeredAt,
  }
}
