import { describe, expect, it } from 'vitest'
import { afterClaim, afterPatience, giveWayMs, NO_PRESSURE, type Pressure } from './pressure'

const START = Date.UTC(2026, 10, 21, 12)
const at = (ms: number) => new Date(START + ms)
/** The pressure after claims at these times, each of which left something behind. */
const full = (...times: number[]) =>
  times.reduce<Pressure>((pressure, time) => afterClaim(pressure, true, at(time)), NO_PRESSURE)

describe('who gives way', () => {
  it('is nobody while every claim takes all that is due', () => {
    expect(giveWayMs(NO_PRESSURE, at(0))).toBe(0)
    expect(giveWayMs(afterClaim(NO_PRESSURE, false, at(0)), at(0))).toBe(0)
  })

  it('is what was delivered within a second, as soon as a claim leaves something behind, and no longer than that', () => {
    expect(giveWayMs(full(0), at(0))).toBe(1_000)
    expect(giveWayMs(full(0, 400, 999), at(999))).toBe(1_000)
    expect(giveWayMs(afterClaim(full(0), false, at(500)), at(500))).toBe(0)
  })

  it('is what was delivered within fifteen seconds, when claims have left something behind for a second, and nobody when one takes all', () => {
    const pressed = full(0, 500, 1_000)
    expect(giveWayMs(pressed, at(1_000))).toBe(15_000)
    expect(giveWayMs(afterClaim(pressed, false, at(2_000)), at(2_000))).toBe(0)
  })

  it('counts the second anew when a claim took all in between', () => {
    const relieved = afterClaim(full(0, 900), false, at(950))
    expect(giveWayMs(afterClaim(relieved, true, at(1_100)), at(1_100))).toBe(1_000)
  })

  it('is likewise what was delivered within fifteen seconds, for ten seconds after the SaaS has asked for patience', () => {
    const pressed = afterPatience(NO_PRESSURE, at(0))
    expect(giveWayMs(pressed, at(9_999))).toBe(15_000)
    expect(giveWayMs(pressed, at(10_000))).toBe(0)
    expect(giveWayMs(afterClaim(pressed, true, at(10_000)), at(10_000))).toBe(1_000)
  })
})
