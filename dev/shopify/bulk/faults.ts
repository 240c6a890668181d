import { z } from 'zod'
import { type FaultQueue } from '../fault-queue'
import { RESOURCES } from '../store/model'

const Share = z.number().min(0).max(1)

/** How bulk operations and the downloads of their files misbehave, on command. */
export const BulkFault = z.intersection(
  z.discriminatedUnion('kind', [
    /** User errors instead of an operation. */
    z.object({
      kind: z.literal('refuse'),
      code: z.enum(['LIMIT_REACHED', 'OPERATION_IN_PROGRESS', 'INVALID']),
    }),
    /** FAILED; `partial` is the share of the lines that can be had all the same. */
    z.object({
      kind: z.literal('fail'),
      errorCode: z.enum(['TIMEOUT', 'INTERNAL_SERVER_ERROR', 'ACCESS_DENIED']),
      partial: Share.default(0),
    }),
    /** COMPLETED, but the file ends in the middle of a line. */
    z.object({ kind: z.literal('cut_off'), at: Share.default(0.5) }),
    /** COMPLETED with true counts, but so many lines are missing: children, roots with all beneath them, or roots whose children stay. */
    z.object({
      kind: z.literal('lacking'),
      what: z.enum(['children', 'roots', 'parents']),
      count: z.number().int().min(1).default(1),
    }),
    z.object({ kind: z.literal('slow'), ms: z.number().min(0) }),
    /** RUNNING until somebody cancels it. */
    z.object({ kind: z.literal('stuck') }),
    /** The download is refused; from then on the operation is EXPIRED and has no url. */
    z.object({ kind: z.literal('expired'), status: z.union([z.literal(403), z.literal(404)]).default(403) }),
    /** The connection is reset after so many bytes of that answer. */
    z.object({ kind: z.literal('reset'), after: z.number().int().min(0).default(20_000) }),
    /** An HTTP error of the storage; the url stays good. */
    z.object({ kind: z.literal('unavailable'), status: z.number().int().min(400).max(599).default(503) }),
    z.object({ kind: z.literal('trickle'), bytesPerSecond: z.number().int().positive() }),
  ]),
  z.object({
    /** Only operations on this connection. */
    root: z.enum(RESOURCES).optional(),
    /** For so many operations or downloads; absent: until told otherwise. */
    times: z.number().int().positive().optional(),
  }),
)
export type BulkFault = z.infer<typeof BulkFault>
export type BulkFaultInput = z.input<typeof BulkFault>
type Kind = BulkFault['kind']

/** The first fault in force of one of those kinds that is meant for operations on that connection. */
export function takeFault<K extends Kind>(
  faults: FaultQueue<BulkFault>,
  root: string | undefined,
  ...kinds: K[]
): Extract<BulkFault, { kind: K }> | undefined {
  const found = faults.take(
    (fault) => kinds.some((kind) => kind === fault.kind) && (fault.root === undefined || fault.root === root),
  )
  return found as Extract<BulkFault, { kind: K }> | undefined
}
