import { type Resource } from '~/contracts/resource'

/** One event as it is to be stored, whatever vocabulary it came in. */
export interface Entry {
  resource: Resource
  source: string
  store: string
  externalId: string
  /** Null where the sender's vocabulary has no revisions: then the latest arrival wins. */
  revision: number | null
  version: string | null
  body: object
  /** SHA-256 (hex) of the event's text as it was received. */
  bodyHash: string
  /** When the record was deleted at its source; null for an upsert. */
  deletedAt: string | null
}

/** What one received event comes to. Messages name fields and carry no values of the record. */
export type Reading =
  | { kind: 'entry'; entry: Entry }
  /** WooCommerce's names, and not what that vocabulary's own checks ask for. */
  | { kind: 'skipped'; resource: Resource; message: string }
  /** Not an event of either vocabulary. `resource` is null when it cannot be told. */
  | { kind: 'invalid'; resource: Resource | null; message: string }

/** Where an event came from: what its own data does not say. */
export interface Origin {
  /** The tenant's name: the store of a vocabulary that names none. */
  tenantName: string
  /** The event's text as it stood in the request. */
  text: string
}
