import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExportedRecord, type ReadableResource } from '~/contracts/store-reader'
import { type Fetch } from './call-shop.server'
import { readExport } from './read-export'

const URL = 'https://storage.example/file.jsonl?signature=s'
const TAKEN_AT = '2026-11-22T04:00:00.000000000Z'

const collection = (id: number, title = 'Wool') => ({
  id: `gid://shopify/Collection/${id}`,
  updatedAt: '2026-11-01T00:00:00Z',
  title,
})
const product = (id: number, variants: number, over: object = {}) => ({
  id: `gid://shopify/Product/${id}`,
  updatedAt: '2026-11-01T00:00:00Z',
  variantsCount: { count: variants, precision: 'EXACT' },
  has_variants: 'Product',
  ...over,
})
const variant = (id: number, parent: number) => ({
  id: `gid://shopify/ProductVariant/${id}`,
  inventoryQuantity: 1,
  inventoryItem: { tracked: true },
  __parentId: `gid://shopify/Product/${parent}`,
})
const fileOf = (...rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** A server that has one file, and understands ranges unless told not to. */
function server(
  file: string | Uint8Array,
  { ranges = true, pieces = [1_000_000] } = {},
): Fetch & { ranges: (string | null)[] } {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const asked: (string | null)[] = []
  const fetch: Fetch = (_, init) => {
    const range = new Headers(init?.headers).get('Range')
    asked.push(range)
    const from = ranges && range ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0
    if (from > 0 && from >= bytes.byteLength)
      return Promise.resolve(
        new Response('beyond', { status: 416, headers: { 'Content-Range': `bytes */${bytes.byteLength}` } }),
      )
    return Promise.resolve(
      new Response(inPieces(bytes.subarray(from), pieces), { status: from > 0 ? 206 : 200 }),
    )
  }
  return Object.assign(fetch, { ranges: asked })
}

function inPieces(bytes: Uint8Array, sizes: number[]): ReadableStream<Uint8Array> {
  let at = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.byteLength) return controller.close()
      const size = sizes[turn++ % sizes.length] ?? 1
      controller.enqueue(Uint8Array.from(bytes.subarray(at, at + size)))
      at += size
    },
  })
}

async function read(
  fetch: Fetch,
  resource: ReadableResource = 'product',
  byte = 0,
): Promise<ExportedRecord[]> {
  const records: ExportedRecord[] = []
  const from = { url: URL, resource, takenAt: TAKEN_AT, byte }
  for await (const record of readExport(fetch, 'shop', from, new AbortController().signal))
    records.push(record)
  return records
}

const idsOf = (records: ExportedRecord[]) => records.map(({ news }) => news?.externalId)

describe('the records of an export', () => {
  it('come with their children, each with where it ends and how many lines it took', async () => {
    const first = fileOf(product(1, 2), variant(11, 1), variant(12, 1))
    const second = fileOf(product(2, 0))
    const records = await read(server(first + second))
    expect(records).toMatchObject([
      { news: { kind: 'state', externalId: '1' }, fault: null, objects: 3, end: first.length },
      {
        news: { kind: 'state', externalId: '2' },
        fault: null,
        objects: 1,
        end: first.length + second.length,
      },
    ])
    const [one] = records
    expect(one?.news).toMatchObject({
      version: { updatedAt: '2026-11-01T00:00:00.000000000Z', triggeredAt: TAKEN_AT },
      parts: {
        core: { variants: [{ external_id: '11' }, { external_id: '12' }] },
        stock: { stock_quantity: 2 },
      },
    })
  })

  it('are the same in whatever pieces the file comes, and from whatever record on it is read', async () => {
    const row = fc.record({ title: fc.string({ unit: 'grapheme' }), id: fc.nat() })
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        sizes,
        fc.boolean(),
        fc.boolean(),
        async (rows, pieces, ends, ranges) => {
          const file = fileOf(...rows.map(({ id, title }) => collection(id, title)))
          const bytes = Buffer.from(ends ? file : file.replace(/\n$/, ''))
          const records = await read(server(bytes, { pieces }), 'category')
          expect(idsOf(records)).toEqual(rows.map(({ id }) => String(id)))
          expect(records.map(({ news }) => (news?.kind === 'state' ? news.parts.core : null))).toMatchObject(
            rows.map(({ title }) => ({ name: title })),
          )
          expect(records.at(-1)?.end ?? 0).toBe(bytes.byteLength)

          for (const [index, { end }] of records.entries()) {
            const rest = await read(server(bytes, { pieces, ranges }), 'category', end)
            expect(rest).toEqual(records.slice(index + 1))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are asked for from a byte on, and never compressed', async () => {
    const one = fileOf(collection(1))
    const shop = server(one + fileOf(collection(2)))
    expect(idsOf(await read(shop, 'category', one.length))).toEqual(['2'])
    expect(shop.ranges).toEqual([`bytes=${one.length}-`])
  })

  it('are taken as fast as the reader goes, and no faster', async () => {
    let pulled = 0
    const many = Buffer.from(
      fileOf(...Array.from({ length: 200 }, (_, id) => collection(id, 'x'.repeat(2_000)))),
    )
    const fetch: Fetch = () => {
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (pulled >= many.byteLength) return controller.close()
            controller.enqueue(Uint8Array.from(many.subarray(pulled, pulled + 4_096)))
            pulled += 4_096
          },
        },
        { highWaterMark: 1 },
      )
      return Promise.resolve(new Response(body))
    }
    const from = { url: URL, resource: 'category' as const, takenAt: TAKEN_AT, byte: 0 }
    for await (const record of readExport(fetch, 'shop', from, new AbortController().signal)) {
      expect(record.fault).toBeNull()
      if (record.news?.externalId === '3') break
    }
    expect(pulled).toBeLessThan(10 * 4_096)
  })
})

describe('an export that is not whole', () => {
  const faultsOf = async (resource: ReadableResource, ...rows: object[]) =>
    (await read(server(fileOf(...rows)), resource)).map(({ news, fault }) => [news?.externalId, fault])

  it('shows by the variants that the store counts: such a product is only named, to be asked for', async () => {
    const file = fileOf(product(1, 2), variant(11, 1), product(2, 1), variant(21, 2))
    const [changed, whole] = await read(server(file), 'product')
    expect(changed).toMatchObject({
      fault: null,
      news: { kind: 'hint', externalId: '1', hintedAt: TAKEN_AT },
    })
    expect(whole).toMatchObject({ fault: null, news: { kind: 'state', externalId: '2' } })
  })

  it('takes no count for true that the store did not count to its end', async () => {
    const row = product(1, 1, { variantsCount: { count: 1, precision: 'AT_LEAST' } })
    expect(await faultsOf('product', row)).toEqual([['1', null]])
  })

  it('shows by children without their parent, wherever they are', async () => {
    const stray = 'It is followed by a line that belongs to no record before it.'
    expect(await faultsOf('product', product(1, 0), variant(91, 9))).toEqual([[undefined, stray]])
    expect(await faultsOf('product', variant(91, 9), product(1, 0))).toEqual([
      [undefined, stray],
      ['1', null],
    ])
  })

  it('shows by a row that is not understood, without a word of what is in it', async () => {
    const odd = { ...collection(1), updatedAt: 'Ada was here' }
    expect(await faultsOf('category', odd, { title: 'Ada' })).toEqual([
      [undefined, 'The field updated_at is not a time with a time zone.'],
      [undefined, 'The field id is missing.'],
    ])
  })

  it('knows nothing of children that it was not asked to carry', async () => {
    const { has_variants: _, ...row } = product(1, 2)
    const [record] = await read(server(fileOf(row)))
    expect(record?.news).toMatchObject({ parts: { core: {} } })
    expect(Object.keys((record?.news as { parts: object }).parts)).toEqual(['core'])
  })

  it('only names an order that was refunded, as of its last change', async () => {
    const order = { id: 'gid://shopify/Order/5', updatedAt: '2026-11-01T00:00:00Z', refunds: [{ id: 'x' }] }
    const [record] = await read(server(fileOf(order)), 'order')
    expect(record?.news).toEqual({
      kind: 'hint',
      resource: 'order',
      externalId: '5',
      parts: ['core'],
      hintedAt: TAKEN_AT,
      changedAt: '2026-11-01T00:00:00.000000000Z',
    })
  })
})

describe('the file of an export', () => {
  const file = fileOf(collection(1), collection(2))

  it.each([
    ['is cut off in the middle of a line', server(file.slice(0, -9)), 0, 'EXPORT_CUT'],
    [
      'has a line that is not JSON',
      server(`${fileOf(collection(1))}<html>\n${fileOf(collection(2))}`),
      0,
      'EXPORT_CUT',
    ],
    ['has a line that is no object', server('[1]\n'), 0, 'EXPORT_CUT'],
    ['has become shorter than it was', server(file), file.length + 5, 'EXPORT_CUT'],
    [
      'has become shorter, and knows no ranges',
      server(file, { ranges: false }),
      file.length + 5,
      'EXPORT_CUT',
    ],
    [
      'is not there any more',
      () => Promise.resolve(new Response('<Error/>', { status: 403 })),
      0,
      'EXPORT_EXPIRED',
    ],
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed')), 0, 'SHOPIFY_UNREACHABLE'],
    [
      'is refused for now',
      () => Promise.resolve(new Response('busy', { status: 503 })),
      0,
      'SHOPIFY_UNREACHABLE',
    ],
  ] as [string, Fetch, number, string][])('%s', async (_, fetch, byte, code) => {
    await expect(read(fetch, 'category', byte)).rejects.toMatchObject({ code })
  })

  it('gives the records that came before the connection broke off', async () => {
    const bytes = Buffer.from(fileOf(collection(1), collection(2), collection(3)))
    let isSent = false
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (isSent) return controller.error(new Error('reset'))
        isSent = true
        controller.enqueue(Uint8Array.from(bytes.subarray(0, bytes.byteLength - 3)))
      },
    })
    const fetch: Fetch = () => Promise.resolve(new Response(body))
    const records = readExport(
      fetch,
      'shop',
      { url: URL, resource: 'category', takenAt: TAKEN_AT, byte: 0 },
      new AbortController().signal,
    )
    expect((await records.next()).value).toMatchObject({ news: { externalId: '1' } })
    await expect(records.next()).rejects.toMatchObject({ code: 'SHOPIFY_UNREACHABLE' })
  })

  it('has nothing more after its last byte', async () => {
    expect(await read(server(file), 'category', file.length)).toEqual([])
    expect(await read(server(''), 'category')).toEqual([])
  })
})
