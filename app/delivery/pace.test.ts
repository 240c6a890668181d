import { describe, expect, it } from 'vitest'
import { afterAnswer, fullPace, gentlePace, type Pace } from './pace'

const NOW = new Date('2026-11-21T12:00:00Z')
const CONCURRENCY = 16
const TAKEN = { isPatienceAsked: false, askedMs: 0 }

const answered = (pace: Pace, times: number, concurrency = CONCURRENCY) =>
  Array.from({ length: times }).reduce<Pace>((sofar) => afterAnswer(sofar, TAKEN, concurrency, NOW), pace)
const putOff = (pace: Pace, askedMs = 0, now = NOW) =>
  afterAnswer(pace, { isPatienceAsked: true, askedMs }, CONCURRENCY, now)

/** How many calls each round begins when every call of the one before it was taken. */
function rounds(count: number, first: Pace): number[] {
  const windows: number[] = []
  for (let pace = first; windows.length < count;) {
    windows.push(Math.floor(pace.window))
    pace = answered(pace, windows.at(-1)!)
  }
  return windows
}

describe('the pace of a connection', () => {
  it('is all that it allows while it is well', () => {
    expect(answered(fullPace(CONCURRENCY), 100)).toEqual(fullPace(CONCURRENCY))
  })

  it('begins with one call after an outage, and doubles each round up to all that is allowed', () => {
    expect(rounds(7, gentlePace(CONCURRENCY))).toEqual([1, 2, 4, 8, 16, 16, 16])
  })

  it('halves when the SaaS asks for patience, never stops, and grows by a tenth of a call a round from there', () => {
    const halved = [1, 2, 3, 4, 5, 6].map((times) =>
      Array.from({ length: times }).reduce<Pace>((pace) => putOff(pace), fullPace(CONCURRENCY)),
    )
    expect(halved.map(({ window }) => window)).toEqual([8, 4, 2, 1, 1, 1])
    expect(rounds(11, halved[0]!).slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 8))
    expect(answered(halved[0]!, 8).window).toBeCloseTo(8.1, 2)
  })

  it('halves once for calls that were under way together', () => {
    const quiet = putOff(fullPace(CONCURRENCY), 30_000)
    expect(putOff(putOff(quiet, 30_000), 30_000).window).toBe(8)
    expect(putOff(quiet, 30_000, new Date(NOW.getTime() + 30_000)).window).toBe(4)
  })

  it('is quiet for as long as the SaaS asked, a minute at most; no shorter wait ends a longer one', () => {
    const quiet = putOff(fullPace(CONCURRENCY), 30_000)
    const until = (ms: number) => NOW.getTime() + ms
    expect(quiet.quietUntil).toBe(until(30_000))
    expect(putOff(quiet, 1_000).quietUntil).toBe(until(30_000))
    expect(putOff(quiet, 45_000).quietUntil).toBe(until(45_000))
    expect(answered(quiet, 1).quietUntil).toBe(until(30_000))
    expect(putOff(fullPace(CONCURRENCY), 3_600_000).quietUntil).toBe(until(60_000))
  })

  it('follows a limit that was lowered, and grows to one that was raised', () => {
    expect(answered(fullPace(16), 1, 4).window).toBe(4)
    expect(answered(fullPace(4), 1_000, 5).window).toBe(5)
  })
})
