import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CERTAIN_AFTER_MS, judgeIncident, type OpenIncident, OVER_AFTER_MS } from './judge-incident'

const NOW = new Date('2026-11-22T12:00:00Z')
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const open = (more: Partial<OpenIncident> = {}): OpenIncident => ({
  openedAt: ago(CERTAIN_AFTER_MS),
  seenAt: ago(1_000),
  toldAt: null,
  ...more,
})

describe('an incident', () => {
  it('opens when something is wrong, and is told when that lasts', () => {
    expect(judgeIncident('bad', null, NOW)).toEqual({ kind: 'open' })
    expect(judgeIncident('bad', open({ openedAt: ago(CERTAIN_AFTER_MS - 1) }), NOW)).toEqual({
      kind: 'see',
      tells: false,
    })
    expect(judgeIncident('bad', open(), NOW)).toEqual({ kind: 'see', tells: true })
    expect(judgeIncident('bad', open({ toldAt: NOW }), NOW)).toEqual({ kind: 'see', tells: false })
  })

  it('is over when nothing was seen of it for a while, which is told if its beginning was', () => {
    expect(judgeIncident('good', open(), NOW)).toEqual({ kind: 'nothing' })
    const seenAt = ago(OVER_AFTER_MS)
    expect(judgeIncident('good', open({ seenAt, toldAt: seenAt }), NOW)).toEqual({
      kind: 'close',
      tells: true,
    })
    expect(judgeIncident('good', open({ seenAt }), NOW)).toEqual({ kind: 'close', tells: false })
  })

  it('that a person has put an end to is over without a word', () => {
    expect(judgeIncident('unwatched', null, NOW)).toEqual({ kind: 'nothing' })
    expect(judgeIncident('unwatched', open({ toldAt: NOW }), NOW)).toEqual({ kind: 'close', tells: false })
  })

  it('tells its beginning once and its end once, however things come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (looks) => {
        let held: OpenIncident | null = null
        const told: string[] = []
        looks.forEach((isBad, index) => {
          const now = new Date(NOW.getTime() + index * 30_000)
          const judged = judgeIncident(isBad ? 'bad' : 'good', held, now)
          if (judged.kind === 'open') held = { openedAt: now, seenAt: now, toldAt: null }
          if (judged.kind === 'see') {
            held = { ...held!, seenAt: now, toldAt: judged.tells ? now : held!.toldAt }
            if (judged.tells) told.push('begun')
          }
          if (judged.kind === 'close') {
            held = null
            if (judged.tells) told.push('over')
          }
        })
        expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? 'begun' : 'over')))
      }),
    )
  })
})
