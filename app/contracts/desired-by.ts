import { z } from 'zod'

/** What can move the desired state of a record. */
export const DesiredBy = z.enum([
  /** A webhook, as it came. */
  'webhook',
  /** A webhook that could not be understood when it came, read again. */
  'replay',
  /** The answer of a store that was asked about this record. */
  'question',
  /** The store, read for the first time or by a person's wish. */
  'backfill',
  /** The store, compared as a whole. */
  'deep-reconciliation',
  /** What holds for all records has changed. */
  're-evaluation',
])
export type DesiredBy = z.infer<typeof DesiredBy>
