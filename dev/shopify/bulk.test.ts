import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock, type ManualClock } from './clock'
import { openDesk, type Desk, type Row } from './test-desk'

const PRODUCTS = `{ products { edges { node { id title variantsCount { count } variants { edges { node { id sku
  inventoryItem { tracked } } } } media { edges { node { id alt ... on MediaImage { image { url } } } } } } } } }`
const ALL_SCOPES = ['read_products', 'read_customers', 'read_orders', 'read_inventory']

describe('a bulk operation of the stand-in', () => {
  let desk: Desk
  let clock: ManualClock

  beforeEach(async () => {
    clock = manualClock()
    desk = await openDesk({
      scopes: ALL_SCOPES,
      stock: { products: 12, customers: 8, orders: 15, collections: 3 },
      bulkMs: 1_000,
      clock,
    })
  })
  afterEach(() => desk.shopify.stop())

  const shop = () => desk.shopify.shop
  /** Begins an operation and waits for its end. */
  const run = async (query: string, isGrouped = false) => {
    const id = await desk.begun(query, isGrouped)
    clock.advance(1_000)
    return desk.operation(id)
  }

  it('is created, runs and completes, and its counts grow', async () => {
    const id = await desk.begun(PRODUCTS)
    expect(await desk.operation(id)).toMatchObject({ status: 'CREATED', objectCount: '0', url: null })
    clock.advance(500)
    const halfway = await desk.operation(id)
    expect(halfway).toMatchObject({ status: 'RUNNING', rootObjectCount: '6', completedAt: null, url: null })
    clock.advance(500)
    expect(await desk.operation(id)).toMatchObject({
      status: 'COMPLETED',
      rootObjectCount: '12',
      createdAt: '2026-11-21T12:00:00Z',
      completedAt: '2026-11-21T12:00:01Z',
    })
    expect(
      await desk.data('{ currentBulkOperation { id } bulkOperations(first: 5) { nodes { id } } }'),
    ).toEqual({ currentBulkOperation: { id }, bulkOperations: { nodes: [{ id }] } })
    expect(
      await desk.data('query ($id: ID!) { node(id: $id) { id ... on BulkOperation { type } } }', { id }),
    ).toEqual({ node: { id, type: 'QUERY' } })
  })

  it('writes a line for each node, what is nested with the id of its parent', async () => {
    const { url, objectCount, fileSize } = await run(PRODUCTS)
    const rows = await desk.rows(url)
    expect(rows).toHaveLength(Number(objectCount))
    expect(Number(fileSize)).toBe((await desk.download(url).then((response) => response.bytes())).length)

    const [product] = shop().products.list()
    const gid = `gid://shopify/Product/${product!.id}`
    expect(rows.find(({ id }) => id === gid)).toEqual({
      id: gid,
      title: product!.title,
      variantsCount: { count: product!.variants.length },
    })
    const children = rows.filter(({ __parentId }) => __parentId === gid)
    expect(children).toEqual([
      ...product!.variants.map(({ id, sku, tracked }) => ({
        id: `gid://shopify/ProductVariant/${id}`,
        sku,
        inventoryItem: { tracked },
        __parentId: gid,
      })),
      ...product!.images.map(({ id, alt, src }) => ({
        id: `gid://shopify/MediaImage/${id}`,
        alt,
        image: { url: src },
        __parentId: gid,
      })),
    ])
  })

  it('puts children right beneath their parents when asked to, and otherwise somewhere after them', async () => {
    const isBeneath = (rows: Row[]) => {
      let root = ''
      return rows.every(({ id, __parentId }) => {
        if (__parentId === undefined) root = id
        return __parentId === undefined || __parentId === root
      })
    }
    const grouped = await desk.rows((await run(PRODUCTS, true)).url)
    const loose = await desk.rows((await run(PRODUCTS)).url)
    expect([isBeneath(grouped), isBeneath(loose)]).toEqual([true, false])
    const places = new Map(loose.map(({ id }, index) => [id, index]))
    for (const { id, __parentId } of loose) {
      if (__parentId !== undefined) expect(places.get(__parentId)).toBeLessThan(places.get(id)!)
    }
    const sorted = (rows: Row[]) => rows.map((row) => JSON.stringify(row)).toSorted()
    expect(sorted(loose)).toEqual(sorted(grouped))
  })

  it('says the same of a record as a query that is answered at once', async () => {
    const fields = `id name tags totalPriceSet { shopMoney { amount } presentmentMoney { amount currencyCode } }
      purchasingEntity { __typename ... on Customer { firstName } } fulfillments { trackingInfo { number } }
      customer { id numberOfOrders amountSpent { amount } lastOrder { name } } shippingAddress { countryCodeV2 }`
    const rows = await desk.rows((await run(`{ orders { edges { node { ${fields} } } } }`)).url)
    const answer = await desk.data(`{ orders(first: 50, sortKey: ID) { nodes { ${fields} } } }`)
    expect(rows.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      (answer as { orders: { nodes: Row[] } }).orders.nodes.toSorted((a, b) => a.id.localeCompare(b.id)),
    )
  })

  it('exports what there was when it began', async () => {
    const [changed, deleted] = shop().products.list()
    const id = await desk.begun('{ products { edges { node { id title } } } }')
    shop().products.update(changed!.id, { title: 'Later' })
    shop().products.delete(deleted!.id)
    clock.advance(1_000)
    const rows = await desk.rows((await desk.operation(id)).url)
    expect(rows).toHaveLength(12)
    expect(rows.map(({ title }) => title)).not.toContain('Later')
  })

  it('keeps to a search, and has no file where nothing is found', async () => {
    const [order] = shop().orders.list()
    const search = JSON.stringify(`created_at:>='${order!.createdAt}' created_at:<='${order!.createdAt}'`)
    const found = await run(`{ orders(query: ${search}) { edges { node { id } } } }`)
    expect(await desk.rows(found.url)).toEqual([{ id: `gid://shopify/Order/${order!.id}` }])
    expect(
      await run(`{ orders(query: "created_at:<'2001-01-01'") { edges { node { id } } } }`),
    ).toMatchObject({
      status: 'COMPLETED',
      objectCount: '0',
      url: null,
    })
  })

  it.each([
    ['{ shop { id } }', 'must contain at least one connection'],
    ['{ products { nodes { id } } }', "Selecting via 'nodes' is not supported"],
    ['{ node(id: "gid://shopify/Product/1") { id } }', 'cannot contain a top level `node` field'],
    [
      '{ orders { edges { node { id refunds { id refundLineItems { edges { node { id } } } } } } } }',
      'a connection field within a list field',
    ],
    [
      '{ products { edges { node { title variants { edges { node { id } } } } } } }',
      "Connection fields without 'id': products",
    ],
    [
      `{ collections { edges { node { id products { edges { node { id variants { edges { node { id
         metafields { edges { node { id } } } } } } } } } } } } }`,
      'nesting depth greater than 2',
    ],
    [
      `{ products { edges { node { id variants { edges { node { id } } } images { edges { node { id } } }
         media { edges { node { id } } } collections { edges { node { id } } } metafields { edges { node { id } } } } } } }`,
      'more than 5 connections',
    ],
    [
      'mutation { bulkOperationCancel(id: "gid://shopify/BulkOperation/1") { userErrors { field } } }',
      'Invalid operation type',
    ],
    ['{ products { edges { node { colour } } } }', 'Invalid bulk query: Cannot query field "colour"'],
    ['', 'Invalid bulk query: Syntax Error'],
  ])('is refused as Shopify refuses it: %s', async (query, words) => {
    const { bulkOperation, userErrors } = await desk.begin(query)
    expect(bulkOperation).toBeNull()
    expect(userErrors[0]).toMatchObject({ field: ['query'], code: 'INVALID' })
    expect(userErrors[0]?.message).toContain(words)
  })

  it('is one of five at a time', async () => {
    const ids = []
    for (let count = 0; count < 5; count++)
      ids.push(await desk.begun('{ products { edges { node { id } } } }'))
    const sixth = await desk.begin('{ products { edges { node { id } } } }')
    expect(sixth).toMatchObject({ bulkOperation: null, userErrors: [{ code: 'LIMIT_REACHED' }] })
    clock.advance(1_000)
    expect((await desk.begin(PRODUCTS)).userErrors).toEqual([])
  })

  it('can be cancelled until it has ended', async () => {
    const cancel = (id: string) =>
      desk.data(
        'mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }',
        { id },
      )
    const id = await desk.begun(PRODUCTS)
    expect(await cancel(id)).toMatchObject({
      bulkOperationCancel: { bulkOperation: { status: 'CANCELING' }, userErrors: [] },
    })
    clock.advance(2_000)
    expect(await desk.operation(id)).toMatchObject({ status: 'CANCELED', url: null })
    expect(await cancel(id)).toMatchObject({
      bulkOperationCancel: {
        userErrors: [{ message: 'A bulk operation cannot be canceled when it is canceled' }],
      },
    })
    expect(await cancel('gid://shopify/BulkOperation/1')).toMatchObject({
      bulkOperationCancel: {
        bulkOperation: null,
        userErrors: [{ message: 'Bulk operation does not exist' }],
      },
    })
  })

  it('fails on command, with or without a part of its result', async () => {
    shop().misbehaveBulk({ kind: 'fail', errorCode: 'TIMEOUT', times: 1 })
    expect(await run(PRODUCTS)).toMatchObject({
      status: 'FAILED',
      errorCode: 'TIMEOUT',
      url: null,
      partialDataUrl: null,
    })
    shop().misbehaveBulk({ kind: 'fail', errorCode: 'INTERNAL_SERVER_ERROR', partial: 0.5, times: 1 })
    const { partialDataUrl, objectCount, url } = await run(PRODUCTS)
    expect(url).toBeNull()
    expect(await desk.rows(partialDataUrl)).toHaveLength(Number(objectCount))
    expect((await run(PRODUCTS)).status).toBe('COMPLETED')
  })

  it('fails where the app may not read what it asks for', async () => {
    shop().revokeScopes('read_customers')
    expect(await run('{ orders { edges { node { id customer { id } } } } }')).toMatchObject({
      status: 'FAILED',
      errorCode: 'ACCESS_DENIED',
      partialDataUrl: null,
    })
    expect((await run('{ orders { edges { node { id email } } } }')).status).toBe('COMPLETED')
    shop().misbehaveGraphql({ kind: 'denied', fields: ['Order.email'] })
    expect((await run('{ orders { edges { node { id email } } } }')).errorCode).toBe('ACCESS_DENIED')
    shop().behave()
    expect((await run('{ orders { edges { node { id email } } } }')).status).toBe('COMPLETED')
  })

  it('may be slow, stuck, or refused on command, and only for the connection that is named', async () => {
    shop().misbehaveBulk({ kind: 'slow', ms: 5_000, root: 'products' })
    expect((await run(PRODUCTS)).status).toBe('RUNNING')
    expect((await run('{ customers { edges { node { id } } } }')).status).toBe('COMPLETED')
    clock.advance(4_000)
    shop().behave()
    shop().misbehaveBulk({ kind: 'stuck', times: 1 })
    const stuck = await desk.begun(PRODUCTS)
    clock.advance(86_400_000)
    expect((await desk.operation(stuck)).status).toBe('RUNNING')
    shop().misbehaveBulk({ kind: 'refuse', code: 'OPERATION_IN_PROGRESS', times: 1 })
    expect((await desk.begin(PRODUCTS)).userErrors).toMatchObject([{ code: 'OPERATION_IN_PROGRESS' }])
  })

  it('may lack lines though its counts are true', async () => {
    const childrenOf = (rows: Row[]) => rows.filter(({ __parentId }) => __parentId !== undefined)
    const orphansOf = (rows: Row[]) => {
      const ids = new Set(rows.map(({ id }) => id))
      return childrenOf(rows).filter(({ __parentId }) => !ids.has(__parentId!))
    }
    const whole = await desk.rows((await run(PRODUCTS, true)).url)
    const lacking = async (what: 'children' | 'roots' | 'parents') => {
      shop().misbehaveBulk({ kind: 'lacking', what, times: 1 })
      const { url, objectCount } = await run(PRODUCTS, true)
      expect(objectCount).toBe(String(whole.length))
      return desk.rows(url)
    }
    expect(childrenOf(await lacking('children'))).toHaveLength(childrenOf(whole).length - 1)
    const withoutParent = await lacking('parents')
    expect(withoutParent).toHaveLength(whole.length - 1)
    expect(orphansOf(withoutParent).length).toBeGreaterThan(0)
    const withoutRoot = await lacking('roots')
    expect(withoutRoot.filter(({ __parentId }) => __parentId === undefined)).toHaveLength(11)
    expect(orphansOf(withoutRoot)).toEqual([])
  })

  it('may have a file that ends in the middle of a line', async () => {
    shop().misbehaveBulk({ kind: 'cut_off' })
    const { url, fileSize } = await run(PRODUCTS)
    const text = await (await desk.download(url)).text()
    expect(text.length).toBeLessThan(Number(fileSize))
    expect(() => JSON.parse(text.split('\n').at(-1)!) as unknown).toThrow(SyntaxError)
  })

  it('has a file that can be read from any byte on', async () => {
    const { url, fileSize } = await run(PRODUCTS)
    const whole = await (await desk.download(url)).bytes()
    const rest = await desk.download(url, { Range: 'bytes=100-' })
    expect(rest.status).toBe(206)
    expect(rest.headers.get('content-range')).toBe(`bytes 100-${Number(fileSize) - 1}/${fileSize}`)
    expect(await rest.bytes()).toEqual(whole.subarray(100))
    const beyond = await desk.download(url, { Range: `bytes=${fileSize}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${fileSize}`])
  })

  it('has an address that expires, on command or after a week, and that nobody can guess', async () => {
    const { url } = await run(PRODUCTS)
    expect((await desk.download(url!.replace(/Signature=.{12}/, 'Signature=guessed'))).status).toBe(403)
    clock.advance(7 * 86_400_000)
    expect((await desk.download(url)).status).toBe(403)

    const id = await desk.begun(PRODUCTS)
    clock.advance(1_000)
    shop().misbehaveBulk({ kind: 'expired', status: 404, times: 1 })
    expect((await desk.download((await desk.operation(id)).url)).status).toBe(404)
    expect(await desk.operation(id)).toMatchObject({ status: 'EXPIRED', url: null })
  })

  it('may be downloaded from a storage that fails, or whose connection breaks', async () => {
    const { url, fileSize } = await run(PRODUCTS)
    shop().misbehaveBulk({ kind: 'unavailable', times: 1 })
    expect((await desk.download(url)).status).toBe(503)
    shop().misbehaveBulk({ kind: 'reset', after: 1_000, times: 1 })
    await expect(desk.download(url).then((response) => response.text())).rejects.toThrow()
    expect((await desk.download(url).then((response) => response.bytes())).length).toBe(Number(fileSize))
  })
})
