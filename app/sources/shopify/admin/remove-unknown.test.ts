import { describe, expect, it } from 'vitest'
import { type LosslessJson } from '~/lib/lossless-json'
import { removeUnknown } from './remove-unknown'

function without(data: LosslessJson, ...paths: string[][]): LosslessJson {
  const copy = structuredClone(data)
  for (const path of paths) removeUnknown(copy, path)
  return copy
}

describe('what is withheld', () => {
  it('is taken out where it was null', () => {
    expect(without({ a: { email: null, name: null } }, ['a', 'email'])).toEqual({ a: { name: null } })
  })

  it('takes out the parent that it made null', () => {
    expect(without({ a: { contact: null, id: '1' } }, ['a', 'contact', 'address', 'x'])).toEqual({
      a: { id: '1' },
    })
    expect(without({ nodes: [{ id: '1' }, null, null] }, ['nodes', '1', 'email'])).toEqual({
      nodes: [{ id: '1' }, {}, null],
    })
  })

  it('is not searched for in vain', () => {
    expect(without({ a: { b: 'c' } }, ['a', 'b', 'c'], ['x', 'y'], [], ['a', 'b'])).toEqual({ a: { b: 'c' } })
    expect(without(null, ['a'])).toBeNull()
  })
})
