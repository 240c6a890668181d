import { type AttemptRow, type SeenRequest } from '../evidence'

/** Every call that the SaaS saw and that is no attempt in the log: an attempt is written before its call is made. */
export function unloggedCalls(
  requests: readonly SeenRequest[],
  attempts: readonly Pick<AttemptRow, 'traceId'>[],
): string[] {
  const logged = Map.groupBy(attempts, ({ traceId }) => traceId)
  return requests.flatMap(({ sequence, traceId, records }) => {
    if (records === 0) return []
    if (traceId === null) return [`request ${sequence} bore no traceparent`]
    const count = logged.get(traceId)?.length ?? 0
    return count < records
      ? [
          `request ${sequence} (trace ${traceId}) carried ${records} records, and ${count} attempts are logged`,
        ]
      : []
  })
}
