import { describe, expect, it } from 'vitest'
import { parseChaosOptions } from './options'
import { SCENARIOS } from './scenarios'

describe('a run of chaos', () => {
  it('plays everything by chance unless it is told otherwise', () => {
    const options = parseChaosOptions([])
    expect(options.scenarios).toBe(SCENARIOS)
    expect(options.seed).toBeGreaterThan(0)
    expect(options.minutes).toBe(10)
    expect(options.wholeStore).toBe(50_000)
  })

  it('plays the whole store beside scenarios, alone, or not at all', () => {
    const played = (...names: string[]) => {
      const options = parseChaosOptions([
        '--records',
        '900',
        ...names.flatMap((name) => ['--scenario', name]),
      ])
      return [options.scenarios.map(({ name }) => name), options.wholeStore]
    }
    expect(played('whole-store')).toEqual([[], 900])
    expect(played('web-killed', 'whole-store')).toEqual([['web-killed'], 900])
    expect(played('web-killed')).toEqual([['web-killed'], null])
  })

  it('takes a seed, minutes and scenarios', () => {
    const args = ['--seed', '7', '--minutes', '0.5', '--scenario', 'saas-slow', '--scenario', 'web-killed']
    const { seed, minutes, scenarios } = parseChaosOptions(args)
    expect([seed, minutes]).toEqual([7, 0.5])
    expect(scenarios.map(({ name }) => name)).toEqual(['saas-slow', 'web-killed'])
  })

  it('refuses a scenario that there is not, and lists those that there are', () => {
    expect(() => parseChaosOptions(['--scenario', 'worker-kiled'])).toThrow(
      /no scenario "worker-kiled".*\n {2}worker-killed /,
    )
  })

  it.each([
    ['--seed', 'x'],
    ['--seed', '0'],
    ['--minutes', '0'],
    ['--minutes', 'ten'],
    ['--minutes', '5000'],
    ['--records', '499'],
    ['--records', 'many'],
    ['--hours', '1'],
  ])('refuses %s %s', (...args) => {
    expect(() => parseChaosOptions(args)).toThrow()
  })
})

describe('the scenarios', () => {
  it('have names of their own', () => {
    const names = SCENARIOS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
