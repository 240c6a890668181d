import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startShopify, type ShopifyStandIn } from './start-shopify'

const FRAMED = 'frame-ancestors https://parity-demo.myshopify.com https://admin.shopify.com;'
const PAGE = '<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script>'

describe('the stand-in over HTTP', () => {
  let shopify: ShopifyStandIn
  let app: Server
  let appUrl: string
  let seen: IncomingMessage[]

  beforeEach(async () => {
    seen = []
    app = createServer((request, response) => {
      seen.push(request)
      if (request.url === '/away') response.writeHead(302, { Location: `${appUrl}/app?x=1` }).end()
      else if (request.url === '/out') {
        response.writeHead(302, { Location: 'https://admin.shopify.com/store/parity-demo/apps/k' }).end()
      } else if (request.url === '/closed') {
        response.writeHead(200, { 'Content-Security-Policy': "frame-ancestors 'none'" }).end(PAGE)
      } else {
        response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': FRAMED }).end(PAGE)
      }
    })
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`
    shopify = await startShopify({
      shops: ['parity-demo.myshopify.com', 'other.myshopify.com'],
      subscriptions: { apiVersion: '2026-10', scopes: [], list: [] },
      stock: { products: 5, customers: 3, orders: 4, collections: 1 },
    })
    shopify.connectApp({ url: appUrl, apiKey: 'key', apiSecret: 'secret' })
  })
  afterEach(async () => {
    await shopify.stop()
    app.closeAllConnections()
    app.close()
  })

  const get = (path: string) => fetch(shopify.origin + path, { redirect: 'manual' })
  const send = (method: string, path: string, body: unknown = {}) =>
    fetch(`${shopify.origin}/__standin${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('shows the admin of a shop, also by a deep link, and sends a person there', async () => {
    expect((await get('/')).headers.get('location')).toBe('/store/parity-demo/apps/parity')
    const page = await (await get('/store/other/apps/parity/app/activity')).text()
    expect(page).toContain('<iframe id="app-frame"')
    expect(page).not.toMatch(/\{\{|https?:\/\/(?!127)/)
    expect((await get('/store/unknown')).status).toBe(404)
  })

  it('serves its scripts as a browser takes them', async () => {
    const page = await (await get('/__standin/admin/page.js')).text()
    expect(page).toContain("from './frame.js'")
    const bridge = await (await get('/__standin/app-bridge.js')).text()
    expect(bridge).not.toMatch(/^(import|export) /m)
  })

  it('hands all other paths to the app, on its own origin and with its own App Bridge', async () => {
    const answer = await get('/app?shop=parity-demo.myshopify.com')
    expect(answer.headers.get('content-security-policy')).toBe("frame-ancestors 'self';")
    expect(await answer.text()).toBe('<script src="/__standin/app-bridge.js"></script>')
    expect(seen[0]?.headers.host).toBe(new URL(shopify.origin).host)
  })

  it('frames nothing that the admin could not frame', async () => {
    const answer = await get('/closed')
    expect(answer.headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
  })

  it('keeps a person on its origin when the app redirects to itself or to the admin', async () => {
    expect((await get('/away')).headers.get('location')).toBe('/app?x=1')
    expect((await get('/out')).headers.get('location')).toBe('/store/parity-demo/apps/k')
  })

  it('says 502 when the app does not answer', async () => {
    shopify.connectApp({ url: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' })
    expect((await get('/app')).status).toBe(502)
  })

  it('lists, creates, changes and deletes, in the shop that is named', async () => {
    const created = await send('POST', '/products?shop=other.myshopify.com', {
      title: 'A lamp',
      price: '12.5',
    })
    const product = (await created.json()) as { id: string }
    const other = shopify.shopNamed('other.myshopify.com')
    expect(other.products.get(product.id)).toMatchObject({ title: 'A lamp' })
    expect(other.products.get(product.id).variants[0]?.price).toBe('12.50')
    expect(shopify.shop.state.products.has(product.id)).toBe(false)
    await send('PATCH', `/products/${product.id}?shop=other.myshopify.com`, { tags: ['x'] })
    expect(other.products.get(product.id).tags).toEqual(['x'])
    await send('DELETE', `/products/${product.id}?shop=other.myshopify.com`)
    expect(other.state.products.has(product.id)).toBe(false)
  })

  it('acts, bursts, and gives the whole store', async () => {
    const [customer] = shopify.shop.customers.list()
    await send('POST', `/customers/${customer!.id}/add-tags`, { tags: ['vip'] })
    expect(shopify.shop.customers.get(customer!.id).tags).toContain('vip')
    expect(await (await send('POST', '/burst', { changes: 20, seed: 1 })).json()).toMatchObject({
      changes: 20,
    })
    const snapshot: unknown = await (await get('/__standin/snapshot')).json()
    expect(snapshot).toMatchObject({ ...shopify.shop.snapshot(), takenAt: expect.any(String) as string })
  })

  it('is told what the merchant grants, and how bulk operations fail', async () => {
    const scopes = await send('POST', '/scopes', {
      grant: ['read_all_orders', 'read_orders'],
      revoke: ['read_orders'],
    })
    expect(await scopes.json()).toEqual(['read_all_orders'])
    expect(shopify.shop.scopes).toEqual(['read_all_orders'])
    await send('POST', '/faults/bulk', { kind: 'fail', errorCode: 'TIMEOUT' })
    expect(await (await get('/__standin/faults')).json()).toMatchObject({
      bulk: [{ kind: 'fail', errorCode: 'TIMEOUT', partial: 0 }],
    })
    await send('DELETE', '/faults')
    expect(shopify.shop.bulk.faults.list()).toEqual([])
    expect(await (await get('/__standin/bulk')).json()).toEqual([])
  })

  it('refuses what it does not know, what is malformed, and what Shopify would refuse', async () => {
    expect((await send('PATCH', '/products/1')).status).toBe(404)
    expect((await send('POST', '/products', { colour: 'red' })).status).toBe(400)
    const buyer = shopify.shop.orders.list().find(({ customerId }) => customerId !== null)
    expect((await send('DELETE', `/customers/${buyer!.customerId}`)).status).toBe(409)
    expect((await get('/__standin/nothing')).status).toBe(404)
  })

  it("gets a process's calls to any shop of Shopify, and no others", async () => {
    const program = `
      const shopify = await fetch('https://other.myshopify.com/admin/api/2026-10/graphql.json', {
        method: 'POST', headers: { 'X-Shopify-Access-Token': '${shopify.shopNamed('other.myshopify.com').install().access_token}',
        'Content-Type': 'application/json' }, body: JSON.stringify({ query: '{ shop { myshopifyDomain } }' }) })
      const app = await fetch('${appUrl}/closed')
      console.log(JSON.stringify(await shopify.json()), app.status)`
    const preload = fileURLToPath(new URL('./route-to-stand-in.mjs', import.meta.url))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', preload, '--input-type=module', '-e', program],
      { env: { ...process.env, PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin } },
    )
    expect(stdout).toContain('"myshopifyDomain":"other.myshopify.com"')
    expect(stdout.trim()).toMatch(/200$/)
  })
})
