import { type Send } from './prepare-send'
import { type Call } from './send-records'

/** How much one call may carry. */
export interface Load {
  records: number
  /** Of their bodies together; a record that is larger goes alone. */
  bytes: number
}

/** The calls that carry these records, in their order. Pure. */
export function inCalls(sends: Send[], most: Load): Call[] {
  const loads: Send[][] = []
  let bytes = 0
  for (const send of sends) {
    const last = loads.at(-1)
    bytes += send.bytes
    if (last && last.length < most.records && bytes <= most.bytes) last.push(send)
    else {
      loads.push([send])
      bytes = send.bytes
    }
  }
  // The trace of a call is the id of its first attempt, as W3C trace context writes it.
  return loads.map((load) => ({ sends: load, traceId: load[0]!.row.claimId.replaceAll('-', '') }))
}
