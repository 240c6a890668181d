import { type Envelope } from '../contracts/shared-schema'
import { canonicalJson } from '../lib/canonical-json'
import { sha256 } from '../lib/sha256'
import { type Dialect } from '../saas/dialect'

/** What a record looks like to the SaaS. */
export interface Body {
  hash: string
  /** About how long it is on the wire. */
  bytes: number
}

/**
 * The hash of what the SaaS would see of a record, in its dialect, and its length: without what changes with every send, and with a
 * creation and an update taken for the same.
 */
export function bodyOf(envelope: Envelope, dialect: Dialect): Body {
  const { schema_version: _s, version: _v, revision: _r, updated_at: _u, ...data } = envelope.data
  const action = envelope.action === 'deleted' ? 'deleted' : 'updated'
  // Not an envelope any more, and only ever hashed: a dialect puts fields side by side without asking for those.
  const { path, body } = dialect.request({ ...envelope, action, data } as unknown as Envelope)
  const text = body === null ? '' : canonicalJson(JSON.parse(body))
  return { hash: sha256(`${action}\n${path}\n${text}`), bytes: Buffer.byteLength(text) }
}
