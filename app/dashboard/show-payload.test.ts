import { describe, expect, it } from 'vitest'
import { type Resource } from '~/contracts/resource'
import { showPayload, type PayloadLine } from './show-payload'

function render(body: string, resource: Resource | null): string {
  const shown = showPayload(body, resource)
  return shown.kind === 'shown' ? shown.lines.map(renderLine).join('\n') : shown.kind
}

function renderLine({ depth, key, kind, value, comma }: PayloadLine): string {
  const name = key === null ? '' : `${JSON.stringify(key)}: `
  return `${'  '.repeat(depth)}${name}${kind === 'hidden' ? '••••' : value}${comma ? ',' : ''}`
}

const ORDER = {
  name: '#1042',
  currency: 'EUR',
  total_price: '129.90',
  created_at: '2026-11-20T10:00:00+01:00',
  email: 'ada@example.com',
  note: 'Leave it with the neighbour',
  gift_message: 'Happy birthday, Ada',
  customer: { id: 1, first_name: 'Ada', last_name: 'Byron', phone: null, state: 'enabled' },
  billing_address: { name: 'Ada Byron', country_code: 'GB', zip: 'W1', latitude: 51.5, province: 'London' },
  line_items: [
    { title: 'Mug', name: 'Mug - blue', sku: 'MUG-1', properties: [{ name: 'Engraving', value: 'Ada' }] },
  ],
  tags: 'vip, wholesale',
  client_details: { browser_ip: '192.0.2.7', browser_height: 900 },
}

describe('a shown payload', () => {
  it('hides a text that only begins like a time', () => {
    const body = { shown_at: '2026-11-20T10:00:00+01:00', said: '2026-11-20T10:00 Ada Byron, 0171 555' }
    expect(render(JSON.stringify(body), 'order')).toContain('"said": ••••')
    expect(render(JSON.stringify(body), 'order')).toContain('"shown_at": "2026-11-20T10:00:00+01:00"')
  })

  it('keeps every digit of a number as it was written', () => {
    const body = '{"id":820982911946154508,"price":1.10,"weight":1e3,"items":[9007199254740993]}'

    expect(render(body, 'product')).toBe(
      [
        '{',
        '  "id": 820982911946154508,',
        '  "price": 1.10,',
        '  "weight": 1e3,',
        '  "items": [',
        '    9007199254740993',
        '  ]',
        '}',
      ].join('\n'),
    )
  })

  it('is the JSON that came, when nothing in it is personal', () => {
    const body = {
      id: 1,
      title: 'A "mug"',
      tags: [],
      options: {},
      image: null,
      on: true,
      variants: [{ name: 'x' }],
    }

    expect(render(JSON.stringify(body), 'product')).toBe(
      JSON.stringify(body, null, 2).replace(/\[\s*\]/g, '[]'),
    )
  })

  it.each([
    'ada@example.com',
    'neighbour',
    'birthday',
    'Ada',
    'Byron',
    'W1',
    '51.5',
    'London',
    'Engraving',
    '192.0.2.7',
    '900',
  ])('of an order hides %j', (personal) => {
    expect(render(JSON.stringify(ORDER), 'order')).not.toContain(personal)
  })

  it.each([
    '"#1042"',
    '"EUR"',
    '"129.90"',
    '2026-11-20T10:00:00+01:00',
    '"GB"',
    '"Mug - blue"',
    '"vip, wholesale"',
    '"enabled"',
  ])('of an order shows %s', (harmless) => {
    expect(render(JSON.stringify(ORDER), 'order')).toContain(harmless)
  })

  it('keeps the names of hidden values, and shows what is empty', () => {
    const shown = render(JSON.stringify(ORDER), 'order')

    expect(shown).toContain('"first_name": ••••,')
    expect(shown).toContain('"phone": null')
    expect(shown).toContain('"browser_height": ••••')
  })

  it('hides a text whose name it does not know, unless it is about a product', () => {
    expect(render('{"surprise":"Ada"}', null)).toContain('••••')
    expect(render('{"surprise":"Ada"}', 'product')).toContain('"Ada"')
    expect(render('{"surprise":"Ada","email":"ada@example.com"}', 'product')).not.toContain('example.com')
  })

  it("shows the name of an order, and hides a person's", () => {
    expect(render('{"name":"EN-1042"}', 'order')).toContain('EN-1042')
    expect(render('{"name":"Ada Byron"}', 'customer')).toContain('••••')
  })

  it('stops after two thousand lines, and says how many there are more', () => {
    const shown = showPayload(JSON.stringify(Array.from({ length: 2_500 }, (_, index) => index)), 'product')

    expect(shown).toMatchObject({ kind: 'shown', more: 502 })
    expect(shown.kind === 'shown' && shown.lines).toHaveLength(2_000)
  })

  it.each(['', '{', '['.repeat(200_000)])('is malformed when it is no JSON that can be walked', (body) => {
    expect(showPayload(body, 'product')).toEqual({ kind: 'malformed' })
  })

  it('shows a body that is a lone value', () => {
    expect(render('42', null)).toBe('42')
    expect(render('"Ada"', null)).toBe('••••')
  })
})

it('shows every value to whom it is revealed, and only then', () => {
  const body = '{"email":"ada@example.com","customer":{"first_name":"Ada"},"total":1.50}'
  const kinds = (reveal: boolean) => {
    const shown = showPayload(body, 'order', reveal)
    return shown.kind === 'shown' ? shown.lines.map(({ kind }) => kind) : []
  }
  expect(kinds(true)).not.toContain('hidden')
  expect(kinds(false).filter((kind) => kind === 'hidden')).toHaveLength(2)
})
