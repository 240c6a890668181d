import { type DigestSummary, type HeldRecord } from '../saas/dialect'
import { TEST_EXTERNAL_ID } from '../saas/test-event'
import { type ComparableRecord, type RecordDigest } from '../records/digest-records'
import { type DigestQuestions, type Summaries } from './ask-digest'

/** A prefix with no more records than this on either side is compared record by record. */
const FEW = 24
const DEEPEST = 5

/** How many digits tell the records of a resource apart into groups of a few. */
export function digestDepth(records: number): number {
  const groups = Math.max(1, records / FEW)
  return Math.min(DEEPEST, Math.ceil(Math.log(groups) / Math.log(16)))
}

/**
 * Finds the prefixes, each `depth` digits long, under which the SaaS does not hold what it should, one after the other. Only what differs is
 * narrowed, so that the number of questions grows with the differences; and each is narrowed to its end before the next is begun, so that
 * whoever stops listening has had what was found.
 *
 * @param root what the SaaS says of all records
 */
export async function* findDifferences(
  ours: ReadonlyMap<string, RecordDigest>,
  depth: number,
  root: Summaries,
  questions: Pick<DigestQuestions, 'summaries'>,
): AsyncGenerator<string> {
  const sums = sumsOfAllPrefixes(ours)
  const differs = (prefix: string, theirs: { count: number; hash: string }) => {
    const sum = sums.get(prefix) ?? { count: 0, hash: 0n }
    return sum.count !== theirs.count || sum.hash !== BigInt(`0x${theirs.hash}`)
  }
  const differing = (children: DigestSummary[]) =>
    children.filter((child) => differs(child.prefix, child)).map(({ prefix }) => prefix)

  if (!differs('', root.whole)) return
  if (depth === 0) {
    yield ''
    return
  }
  const open = differing(root.children).reverse()
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    if (prefix.length >= depth) yield prefix
    else open.push(...differing((await questions.summaries(prefix))?.children ?? []).reverse())
  }
}

/** The sums of the longest prefixes, and of all that are shorter. */
function sumsOfAllPrefixes(ours: ReadonlyMap<string, RecordDigest>): Map<string, RecordDigest> {
  const sums = new Map<string, RecordDigest>()
  for (const [longest, { count, hash }] of ours) {
    for (let length = longest.length; length >= 0; length -= 1) {
      const prefix = longest.slice(0, length)
      const sum = sums.get(prefix)
      if (sum) Object.assign(sum, { count: sum.count + count, hash: sum.hash ^ hash })
      else sums.set(prefix, { count, hash })
    }
  }
  return sums
}

/** What is to be done about records that the two sides hold differently. */
export interface Differences {
  /** Records that the SaaS lacks or holds in another state: to be sent again, with a revision above the one that it holds. */
  resend: { id: string; above: number }[]
  /** How many records the SaaS holds that are not known here at all. */
  strangers: number
}

/**
 * Judges the records under prefixes that differ. What is on its way, or will be sent anyway, is not judged; nor what was never to be sent.
 */
export function judgeDifferences(ours: ComparableRecord[], theirs: HeldRecord[]): Differences {
  const held = new Map(theirs.map((record) => [record.externalId, record]))
  const resend: Differences['resend'] = []
  for (const record of ours) {
    const other = held.get(record.externalId)
    held.delete(record.externalId)
    if (record.state !== 'in_step' && record.state !== 'deleted') continue
    const isSame =
      other !== undefined &&
      String(other.revision) === record.deliveredRevision &&
      other.textHash === record.deliveredTextHash
    if (!isSame) resend.push({ id: record.id, above: other?.revision ?? 0 })
  }
  // What a test event left behind is nobody's record.
  held.delete(TEST_EXTERNAL_ID)
  return { resend, strangers: held.size }
}
