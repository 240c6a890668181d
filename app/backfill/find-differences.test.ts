import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../lib/sha256'
import { type RecordDigest } from '../records/digest-records'
import { digestDepth, findDifferences, judgeDifferences } from './find-differences'

interface Held {
  id: string
  revision: number
}

const leaf = ({ id, revision }: Held) => BigInt(`0x${sha256(`${id}\n${revision}\ntext ${revision}`)}`)
const under = (records: Held[], prefix: string) => records.filter(({ id }) => sha256(id).startsWith(prefix))
const summaryOf = (records: Held[]) => ({
  count: records.length,
  hash: records
    .reduce((hash, record) => hash ^ leaf(record), 0n)
    .toString(16)
    .padStart(64, '0'),
})

/** A SaaS that holds these, and counts what it is asked. */
function saas(records: Held[]) {
  let questions = 0
  return {
    asked: () => questions,
    summaries: (prefix: string) => {
      questions += 1
      const children = [...'0123456789abcdef'].map((digit) => ({
        prefix: prefix + digit,
        ...summaryOf(under(records, prefix + digit)),
      }))
      return Promise.resolve({ whole: summaryOf(under(records, prefix)), children })
    },
  }
}

async function listed(prefixes: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const prefix of prefixes) all.push(prefix)
  return all
}

const root = (records: Held[]) => saas(records).summaries('')

function ourSums(records: Held[], depth: number): Map<string, RecordDigest> {
  const groups = Map.groupBy(records, ({ id }) => sha256(id).slice(0, depth))
  return new Map(
    [...groups].map(([prefix, group]) => {
      const { count, hash } = summaryOf(group)
      return [prefix, { count, hash: BigInt(`0x${hash}`) }]
    }),
  )
}

const store = fc.uniqueArray(
  fc.record({ id: fc.nat().map(String), revision: fc.integer({ min: 1, max: 9 }) }),
  {
    selector: ({ id }) => id,
    maxLength: 60,
  },
)

describe('comparing by digests', () => {
  it('finds exactly the prefixes under which the two sides differ, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(store, store, fc.integer({ min: 0, max: 3 }), async (ours, theirs, depth) => {
        const prefixes = new Set([...ours, ...theirs].map(({ id }) => sha256(id).slice(0, depth)))
        const differing = [...prefixes].filter(
          (prefix) =>
            JSON.stringify(summaryOf(under(ours, prefix))) !==
            JSON.stringify(summaryOf(under(theirs, prefix))),
        )
        const found = await listed(
          findDifferences(ourSums(ours, depth), depth, await root(theirs), saas(theirs)),
        )
        expect(found.toSorted()).toEqual(differing.toSorted())
      }),
    )
  })

  it('asks nothing more when nothing differs, and a few times for each difference, however many records there are', async () => {
    const records = Array.from({ length: 5_000 }, (_, id) => ({ id: String(id), revision: 1 }))
    const depth = digestDepth(records.length)
    const same = saas(records)
    expect(await listed(findDifferences(ourSums(records, depth), depth, await root(records), same))).toEqual(
      [],
    )
    expect(same.asked()).toBe(0)

    const theirs = records.map((record) => (record.id === '77' ? { ...record, revision: 2 } : record))
    const changed = saas(theirs)
    const found = await listed(findDifferences(ourSums(records, depth), depth, await root(theirs), changed))
    expect(found).toEqual([sha256('77').slice(0, depth)])
    expect(changed.asked()).toBe(depth - 1)
    expect(under(records, found[0]!).length).toBeLessThan(40)
  })
})

describe('judging what differs', () => {
  const ours = (over: Partial<Parameters<typeof judgeDifferences>[0][number]> = {}) => ({
    id: 'record',
    externalId: '1',
    state: 'in_step',
    deliveredRevision: '5',
    deliveredTextHash: 'text',
    ...over,
  })
  const theirs = { externalId: '1', revision: 5, textHash: 'text' }

  it('leaves alone what is the same, and what is on its way or not to be sent', () => {
    expect(judgeDifferences([ours()], [theirs])).toEqual({ resend: [], strangers: 0 })
    for (const state of ['waiting', 'delivering', 'retrying', 'held', 'dead', 'excluded'])
      expect(judgeDifferences([ours({ state })], [])).toEqual({ resend: [], strangers: 0 })
  })

  it('sends again what is missing there or different, above the revision that the SaaS holds', () => {
    expect(judgeDifferences([ours()], []).resend).toEqual([{ id: 'record', above: 0 }])
    expect(judgeDifferences([ours()], [{ ...theirs, revision: 9 }]).resend).toEqual([
      { id: 'record', above: 9 },
    ])
    expect(judgeDifferences([ours()], [{ ...theirs, textHash: 'other' }]).resend).toEqual([
      { id: 'record', above: 5 },
    ])
    expect(judgeDifferences([ours({ deliveredTextHash: null })], [theirs]).resend).toHaveLength(1)
    expect(judgeDifferences([ours({ state: 'deleted' })], []).resend).toHaveLength(1)
  })

  it('counts what only the SaaS knows', () => {
    expect(judgeDifferences([], [theirs])).toEqual({ resend: [], strangers: 1 })
    // What a test event has left there is nobody's record.
    expect(judgeDifferences([], [{ ...theirs, externalId: '0' }]).strangers).toBe(0)
  })
})
