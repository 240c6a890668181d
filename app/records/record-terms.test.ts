import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emailHash } from '../lib/email-hash'
import { createSealer } from '../lib/sealing'
import { type Resource } from '../contracts/resource'
import { type Known, NOTHING } from './known'
import { changedTerms, emailTerms, personalTerms, termsOf } from './record-terms'

const [OLD, NEW] = [randomBytes(32), randomBytes(32)]
const sealer = createSealer([OLD])
const SOURCE = '01930000-0000-7000-8000-000000000001'
const OTHER_SOURCE = '01930000-0000-7000-8000-000000000002'

const owner = (resource: Resource, sourceConnectionId = SOURCE) => ({ sourceConnectionId, resource })
const knows = (parts: Record<string, Record<string, unknown>>): Known => ({
  ...NOTHING,
  parts: Object.fromEntries(
    Object.entries(parts).map(([name, data]) => [
      name,
      { asOf: { updatedAt: '1', triggeredAt: '1', tie: 't' }, data },
    ]),
  ),
})
const ADA = knows({
  core: {
    display_name: 'Ada Byron',
    email_hash: emailHash('ada@tea.example'),
    pii: { first_name: 'Ada', last_name: 'King' },
  },
})

describe('the words that a record is found by', () => {
  it.each<[Resource, Known, string[]]>([
    [
      'product',
      knows({
        core: { name: 'Blue Oolong', vendor: 'Chá & Co', variants: [{ sku: 'OO-250' }, { sku: null }] },
        variants: { variants: [{ sku: 'OO-500' }] },
      }),
      ['blue', 'oolong', 'cha', 'co', 'oo', '250', '500'],
    ],
    ['category', knows({ core: { name: 'Green teas' } }), ['green', 'teas']],
    ['order', knows({ core: { number: '#1001', pii: { first_name: 'Ada' } } }), ['1001']],
    ['message', knows({ core: { pii: { body: 'Hello' } } }), []],
    ['product', NOTHING, []],
    ['product', knows({ core: { name: null } }), []],
  ])('a %s', (resource, known, terms) => {
    expect(termsOf(owner(resource), known, sealer)).toEqual(terms)
  })

  it('say nothing of a customer to whoever reads them, and are found again by whoever knows the name or the address', () => {
    const terms = termsOf(owner('customer'), ADA, sealer)
    expect(terms).toHaveLength(4)
    expect(terms.join()).not.toMatch(/ada|byron|king|tea/i)
    for (const word of ['ada', 'byron', 'king'])
      expect(terms).toContain(personalTerms(owner('customer'), word, sealer)[0])
    expect(terms).toContain(emailTerms(owner('customer'), emailHash('ada@tea.example')!, sealer)[0])
  })

  it('are other hashes in another shop', () => {
    const elsewhere = termsOf(owner('customer', OTHER_SOURCE), ADA, sealer)
    expect(termsOf(owner('customer'), ADA, sealer).filter((term) => elsewhere.includes(term))).toEqual([])
  })

  it('are found while the key that made them is still in the ring', () => {
    const rotated = createSealer([NEW, OLD])
    const [before] = personalTerms(owner('customer'), 'ada', sealer)
    expect(personalTerms(owner('customer'), 'ada', rotated)).toContain(before)
    expect(termsOf(owner('customer'), ADA, rotated)).not.toContain(before)
  })

  it('are so many at most, the name before the SKUs', () => {
    const variants = Array.from({ length: 400 }, (_, n) => ({ sku: `SKU${n}` }))
    const terms = termsOf(owner('product'), knows({ core: { name: 'Blue', variants } }), sealer)
    expect(terms).toHaveLength(250)
    expect(terms[0]).toBe('blue')
  })
})

describe('after news, the words of a record', () => {
  const tea = knows({ core: { name: 'Tea', price: '1.00' } })

  it('are not written where it is called as before', () => {
    const dearer = knows({ core: { name: 'Tea', price: '2.00' } })
    expect(changedTerms(owner('product'), tea, dearer, sealer)).toBeNull()
    expect(changedTerms(owner('product'), tea, tea, sealer)).toBeNull()
    expect(changedTerms(owner('product'), NOTHING, NOTHING, sealer)).toBeNull()
  })

  it('are those of its new name, and none when it is gone', () => {
    expect(changedTerms(owner('product'), tea, knows({ core: { name: 'Maté' } }), sealer)).toEqual(['mate'])
    expect(changedTerms(owner('product'), tea, NOTHING, sealer)).toEqual([])
  })
})
