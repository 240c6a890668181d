import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { boundCauses, MOST_CAUSES } from './bound-causes'
import { causeKey, OTHER_CAUSES } from './cause'
import { findCauseOfShop, findCauses } from './find-causes'
import { type Settled, type Settlement } from './settle-records'

let test: TestDatabase
let rows: ReturnType<typeof makeRows>
let shop: ShopRows
let shops = 0

beforeAll(async () => {
  test = await createTestDatabase()
  rows = makeRows(test.db)
})
beforeEach(async () => {
  shop = await rows.shop(`cause-${(shops += 1)}.myshopify.com`)
})
afterAll(() => test.drop())

const claim = (settlement: Settlement): Settled => ({
  ...{
    recordId: 'r',
    claimId: 'c',
    sentHash: 'h',
    revision: '1',
    generation: 1,
    known: () => null,
    attempt: null,
  },
  settlement,
})
const dead = (cause: string) => claim({ kind: 'dead', code: 'C', words: 'No.', cause })
const bounded = async (...causes: string[]) =>
  (await boundCauses(test.db, shop.id, causes.map(dead))).map(({ settlement }) =>
    settlement.kind === 'dead' ? settlement.cause : null,
  )

it('so many causes are told apart, and all others are one', async () => {
  for (let n = 1; n < MOST_CAUSES; n++) await rows.record(shop, { state: 'dead', cause: `C\n${n}` })
  expect(await bounded('C\n5', 'C\nnew', 'C\none too many', 'C\nnew')).toEqual([
    'C\n5',
    'C\nnew',
    OTHER_CAUSES,
    'C\nnew',
  ])
})

it('what another shop dies of does not count', async () => {
  const other = await rows.shop(`cause-other-${shops}.myshopify.com`)
  for (let n = 0; n < MOST_CAUSES; n++) await rows.record(other, { state: 'dead', cause: `C\n${n}` })
  expect(await bounded('C\nnew')).toEqual(['C\nnew'])
})

it('what does not die asks the database nothing', async () => {
  const nobody = { query: () => Promise.reject(new Error('asked')) } as never
  const claims = [claim({ kind: 'excluded', words: 'No.' })]
  expect(await boundCauses(nobody, shop.id, claims)).toBe(claims)
})

it('the dead are found by what they died of, the most first', async () => {
  const causes = ['A', 'B\nNo.', 'B\nNo.', null]
  for (const cause of causes) await rows.record(shop, { state: 'dead', cause })
  await rows.record(shop, { state: 'in_step', cause: 'A' })
  const groups = await findCauses(test.db, [shop.source.id])
  expect(groups.map(({ cause, count }) => [cause, count])[0]).toEqual(['B\nNo.', 2])
  expect(groups.map(({ cause }) => cause).sort()).toEqual(['', 'A', 'B\nNo.'])

  const named = (key: string) => findCauseOfShop(test.db, shop.id, { resource: 'product', key })
  expect(await named(causeKey('A'))).toMatchObject({ cause: 'A', count: 1 })
  expect(await named('A')).toBeNull()
  expect(await findCauseOfShop(test.db, shop.id, { resource: 'order', key: causeKey('A') })).toBeNull()
})
