import { describe, expect, it } from 'vitest'
import { type Evidence } from './evidence'
import { judge } from './judge'
import { brokenPromises } from './report'

const T0 = Date.parse('2026-11-22T10:00:00Z')
const send = (sequence: number, revision: number, second: number) => ({
  ...{ sequence, revision, record: 'product 1', text: `{"revision":${revision}}` },
  version: `2026-11-22T09:00:0${second}Z`,
  startedAt: T0 + second * 1000,
  endedAt: T0 + second * 1000 + 40,
  ...{ status: 200, fault: null },
})
const request = (sequence: number, key: string) => ({
  ...{ sequence, text: key, records: 1, idempotencyKey: key, traceId: `trace ${sequence}` },
  startedAt: T0 + sequence * 1000,
})
const attempt = (id: string, traceId: string, second: number) => ({
  ...{ id, traceId, record: 'product 1', revision: 5, outcome: 'delivered', code: null },
  startedAt: T0 + second * 1000 - 5,
  endedAt: T0 + second * 1000 + 45,
})

/** A product that was sent twice, and is where it should be. */
const sound = (): Evidence => ({
  comparison: { records: 1, fields: 20, tombstones: 0, differences: [] },
  withoutTombstone: [],
  sends: [send(1, 5, 1), send(2, 6, 2)],
  requests: [request(1, 'r:5'), request(2, 'r:6')],
  takes: [
    { record: 'product 1', revision: 5 },
    { record: 'product 1', revision: 6 },
  ],
  attempts: [attempt('a', 'trace 1', 1), attempt('b', 'trace 2', 2)],
  records: [
    {
      ...{ id: 'r', record: 'product 1', state: 'in_step', attempts: 0 },
      ...{ dueAt: null, lastErrorCode: null, reason: null },
    },
  ],
  webhooks: [{ id: 'w', topic: 'products/create', recordId: '1', statuses: [503, 200] }],
  storedWebhooks: new Map([['w', 'changed']]),
  deaths: [],
  pauses: [{ from: T0 + 5_000, to: T0 + 9_000 }],
})

describe('the judge', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(brokenPromises({ verdict: judge(sound(), true) })).toEqual({})
  })

  it.each<[planted: string, promise: string, plant: (evidence: Evidence) => void]>([
    [
      'a field that differs',
      'the SaaS equals the store',
      ({ comparison }) => comparison.differences.push('product 1.name: "a" instead of "b"'),
    ],
    [
      'a deletion that never arrived',
      'the SaaS equals the store',
      ({ withoutTombstone }) => withoutTombstone.push('order 7'),
    ],
    [
      'a call that began before the one before had ended',
      'no two calls for one record overlapped',
      ({ sends }) => void (sends[0]!.endedAt = sends[1]!.startedAt + 1),
    ],
    [
      'an attempt that began before the one before had ended',
      'no two attempts of one record overlapped',
      ({ attempts }) => void (attempts[0]!.endedAt = attempts[1]!.startedAt + 1),
    ],
    [
      'an acknowledged event that is not stored',
      'nothing acknowledged is missing',
      (evidence) => void (evidence.storedWebhooks = new Map()),
    ],
    [
      'a webhook that nobody could read',
      'everything stored was understood',
      (evidence) => void (evidence.storedWebhooks = new Map([['w', 'unmapped']])),
    ],
    [
      'a webhook that was never taken',
      'everything was acknowledged in the end',
      ({ webhooks }) => void (webhooks[0]!.statuses = [503]),
    ],
    [
      'a lower revision after a higher one',
      'nothing older won',
      ({ sends }) => void (sends[1]!.revision = 4),
    ],
    [
      'an older state under a higher revision',
      'nothing older won',
      ({ sends }) => void (sends[1]!.version = '2026-11-22T09:00:00Z'),
    ],
    ['an older winner at the SaaS', 'nothing older won', ({ takes }) => void (takes[1]!.revision = 4)],
    [
      'another body under a key',
      'one idempotency key, one body',
      ({ requests }) => void (requests[1]!.idempotencyKey = 'r:5'),
    ],
    [
      'a call that nobody wrote down',
      'every call is an attempt in the log',
      ({ attempts }) => void attempts.pop(),
    ],
    [
      'a call in a pause',
      'nothing was sent while it was paused by hand',
      ({ pauses }) => void (pauses[0]!.from = T0),
    ],
    [
      'a record that is stuck',
      'everything came to rest',
      ({ records }) => void (records[0]!.state = 'delivering'),
    ],
    [
      'an attempt without an end',
      'everything came to rest',
      ({ attempts }) => void (attempts[1]!.outcome = 'in_flight'),
    ],
    [
      'a record that a dead worker kept',
      'a dead worker gives back within a minute',
      (evidence) => {
        evidence.deaths.push({ member: 'worker 1', at: T0 + 2_020 })
        evidence.sends[1]!.status = null
      },
    ],
  ])('finds %s', (_planted, promise, plant) => {
    const evidence = sound()
    plant(evidence)
    expect(Object.keys(brokenPromises({ verdict: judge(evidence, true) }))).toEqual([promise])
  })
})
