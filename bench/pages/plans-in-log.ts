import { z } from 'zod'

/** A statement that the server ran, with the plan that it ran by. */
export interface RanStatement {
  /** How long it took, as EXPLAIN ANALYZE counts: without parsing and planning. */
  ms: number
  text: string
  /** Its plan with the rows of each node, as JSON. */
  plan: unknown
}

/** An entry of auto_explain with `log_format = json`; the server begins each further line of an entry with a tab. */
const ENTRY = /duration: ([\d.]+) ms {2}plan:\n((?:\t.*\n)+)/g
const Explained = z.object({ 'Query Text': z.string(), Plan: z.unknown() })

/** The statements that a server's log tells of. Pure. @throws ZodError, SyntaxError when an entry has another form */
export function plansInLog(log: string): RanStatement[] {
  return [...log.matchAll(ENTRY)].map(([, ms, entry = '']) => {
    const explained = Explained.parse(JSON.parse(entry.replaceAll('\t', ' ')))
    return { ms: Number(ms), text: explained['Query Text'], plan: explained.Plan }
  })
}
