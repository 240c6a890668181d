import { describe, expect, it } from 'vitest'
import { inTurn } from './in-turn'

/** Work that ends when it is told to. */
function gated(name: string, log: string[]) {
  let end = () => {}
  const gate = new Promise<void>((resolve) => (end = resolve))
  const work = async () => {
    log.push(`${name} begins`)
    await gate
    log.push(`${name} ends`)
    return name
  }
  return { work, end: () => end() }
}

describe('inTurn', () => {
  it('runs work under one key one after the other, in the order of the calls', async () => {
    const run = inTurn()
    const log: string[] = []
    const first = gated('first', log)
    const second = gated('second', log)
    second.end()

    const both = Promise.all([run('shop', first.work), run('shop', second.work)])
    first.end()

    expect(await both).toEqual(['first', 'second'])
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  })

  it('does not let work under another key wait', async () => {
    const run = inTurn()
    const log: string[] = []
    const slow = gated('slow', log)
    const unfinished = run('one', slow.work)

    expect(await run('another', () => Promise.resolve('quick'))).toBe('quick')
    slow.end()
    expect(await unfinished).toBe('slow')
  })

  it('gives a failure to its own caller only', async () => {
    const run = inTurn()
    const failed = run('shop', () => Promise.reject(new Error('broken')))
    const next = run('shop', () => Promise.resolve('well'))

    await expect(failed).rejects.toThrow('broken')
    expect(await next).toBe('well')
  })
})
