import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '~/lib/canonical-json'
import { compareFields } from './field-difference'
import { pathKey } from './flatten-record'

const names = (pairs: { path: Parameters<typeof pathKey>[0] }[]) => pairs.map(({ path }) => pathKey(path))
const item = (external_id: string, quantity: number, name = `Item ${external_id}`) => ({
  external_id,
  name,
  quantity,
})

describe('two states of a record', () => {
  it('differ field by field, and the others are equal', () => {
    const { differing, equal } = compareFields(
      { total: '2.00', status: 'open', tags: ['a', 'b'] },
      { total: '1.00', status: 'open', tags: ['a'] },
    )
    expect(differing).toEqual([
      {
        path: [{ kind: 'field', name: 'total' }],
        desired: { kind: 'text', value: '2.00' },
        delivered: { kind: 'text', value: '1.00' },
      },
      {
        path: [{ kind: 'field', name: 'tags' }],
        desired: { kind: 'texts', values: ['a', 'b'] },
        delivered: { kind: 'texts', values: ['a'] },
      },
    ])
    expect(names(equal)).toEqual(['["status"]'])
  })

  it('know the members of a list by their ids: one more does not change those after it', () => {
    const { differing } = compareFields(
      { items: [item('9', 1), item('1', 1), item('2', 3)] },
      { items: [item('1', 1), item('2', 2)] },
    )
    expect(names(differing)).toEqual(['["items"]', '["items",["2"],"quantity"]'])
  })

  it('differ in the order of a list, and in the name of a member', () => {
    const a = item('1', 1)
    const b = item('2', 1)
    expect(names(compareFields({ items: [a, b] }, { items: [b, a] }).differing)).toEqual(['["items"]'])
    const renamed = { items: [item('1', 1, 'Other'), b] }
    expect(names(compareFields(renamed, { items: [a, b] }).differing)).toEqual(['["items",["1"],"name"]'])
  })

  it('tell a field that only one of them has', () => {
    expect(compareFields({ sku: null }, {}).differing).toEqual([
      { path: [{ kind: 'field', name: 'sku' }], desired: { kind: 'empty' }, delivered: null },
    ])
  })
})

/** Data as the shared schema has it: scalars, lists of texts, objects, and lists of members with ids of their own. */
const scalar = fc.oneof(
  fc.string({ minLength: 1, maxLength: 3 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const members = fc.uniqueArray(
  fc.record({
    external_id: fc.constantFrom('1', '2', '3'),
    name: fc.constantFrom('x', 'y'),
    quantity: fc.nat(2),
  }),
  { selector: ({ external_id }) => external_id, minLength: 1 },
)
const data = fc.dictionary(
  fc.constantFrom('total', 'status', 'items', 'ship_to', 'tags'),
  fc.oneof(
    scalar,
    members,
    fc.array(fc.string({ maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    fc.dictionary(fc.constantFrom('city', 'zip'), scalar, { minKeys: 1 }),
  ),
)

describe('any two states', () => {
  it('differ in nothing exactly when they are the same', () => {
    fc.assert(
      fc.property(data, data, (some, other) => {
        const isSame = canonicalJson(some) === canonicalJson(other)
        expect(compareFields(some, other).differing.length === 0).toBe(isSame)
        expect(compareFields(some, structuredClone(some)).differing).toEqual([])
      }),
    )
  })

  it('name each field once, and in the same places seen from either side', () => {
    fc.assert(
      fc.property(data, data, (some, other) => {
        const { differing, equal } = compareFields(some, other)
        const all = names([...differing, ...equal])
        expect(new Set(all).size).toBe(all.length)
        const turned = compareFields(other, some)
        expect(new Set(names(turned.differing))).toEqual(new Set(names(differing)))
        expect(new Set(names(turned.equal))).toEqual(new Set(names(equal)))
      }),
    )
  })
})
