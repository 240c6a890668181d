import { sha256 } from '../lib/sha256'

/** How long the code and the complaint of a cause may be, in characters. */
const LONGEST_CODE = 60
const LONGEST_COMPLAINT = 120

/** The cause of whatever has one cause too many: see app/records/bound-causes.ts. */
export const OTHER_CAUSES = ''

/** What stands for a value that differs from record to record. */
const GAP = '…'

/** The status of an answer, which stays. */
const STATUS = /^\(\d{3}\)$/

/** What tells one record from another in what a SaaS says; and, where it must not be taken for a number, the status of its answer. */
const VALUES = [
  /"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu,
  /\bhttps?:\/\/\S+/giu,
  /[^\s<>()]+@[^\s<>()]+\.\p{L}+/gu,
  /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/giu,
  /\(\d{3}\)|(?<![\p{L}\p{N}_])[#+-]?[\p{L}_-]*\d(?:[\p{L}\p{N}_,.:/-]*[\p{L}\p{N}_])?/gu,
]

/**
 * Why a record became a dead letter, as others of its kind did: the code, and what was said without what is different for each record
 * (numbers, ids, addresses, quoted values).
 *
 * @returns the code; and, after a line's end, what was said, if anything
 */
export function causeOf(code: string, detail: string): string {
  const complaint = VALUES.reduce(
    (text, values) => text.replaceAll(values, (value) => (STATUS.test(value) ? value : GAP)),
    detail,
  )
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/…(?:[\s,;]*…)+/g, GAP)
    .trim()
  const kept = cut(complaint, LONGEST_COMPLAINT)
  return kept === '' ? cut(code, LONGEST_CODE) : `${cut(code, LONGEST_CODE)}\n${kept}`
}

/** What a cause is made of; a code of null where it is those that are told apart no further. */
export function partsOfCause(cause: string): { code: string | null; complaint: string | null } {
  if (cause === OTHER_CAUSES) return { code: null, complaint: null }
  const [code = '', complaint = null] = cause.split('\n')
  return { code, complaint }
}

/** Names a cause in addresses and jobs, without what was said. */
export function causeKey(cause: string): string {
  return sha256(cause).slice(0, 32)
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}${GAP}`
}
