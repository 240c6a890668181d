import { type Platform } from '../contracts/resource'
import { type Envelope, SCHEMA_VERSION } from '../contracts/shared-schema'

/** The id of the product that a test event says is deleted. No source gives it to a record. */
export const TEST_EXTERNAL_ID = '0'
/** The lowest there is: whatever a SaaS holds outranks it, and the same test sent twice is the same. */
const TEST_REVISION = 1

/**
 * An event that does no harm, to see what a SaaS answers: the deletion of a product that cannot exist. Whoever keeps deletions keeps one that is
 * about nothing, however often it is sent; no record is made, and none is changed.
 */
export function testEvent(source: Platform, store: string, now: Date): Envelope {
  const at = now.toISOString()
  return {
    resource: 'product',
    action: 'deleted',
    data: {
      schema_version: SCHEMA_VERSION,
      source,
      store,
      external_id: TEST_EXTERNAL_ID,
      version: at,
      revision: TEST_REVISION,
      created_at: null,
      updated_at: null,
      deleted_at: at,
    },
  }
}
