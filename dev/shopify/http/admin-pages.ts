import { readFile } from 'node:fs/promises'
import { Router } from 'express'
import { adminScript } from '../admin-script'
import { type Shop } from '../shop'
import { type Standing } from './standing'
import { shopOf } from './which-shop'

/** How the app is called in the admin's addresses and pages. */
const APP = { handle: 'parity', name: 'Parity', home: '/app' }

const folder = new URL('../admin/', import.meta.url)

/** The pages of the admin: `/`, deep links such as `/store/<handle>/apps/<app>/…`, and what they are made of. */
export function adminPages({ shops }: Standing): Router {
  const router = Router()
  router.get('/', (request, response) => {
    const shop = shopOf(shops, request) ?? shops[0]
    response.redirect(`/store/${shop?.handle}/apps/${APP.handle}`)
  })
  router.get(/^\/store\/([^/]+)(\/.*)?$/, (request, response, next) => {
    const shop = shops.find(({ handle }) => handle === request.params['0'])
    if (!shop) return response.status(404).type('text').send('The stand-in has no such store')
    pageFor(shop)
      .then((page) => response.type('html').set('Cache-Control', 'no-store').send(page))
      .catch(next)
  })
  router.get('/__standin/admin/page.css', (_request, response, next) => {
    readFile(new URL('page.css', folder), 'utf8')
      .then((css) => response.type('css').send(css))
      .catch(next)
  })
  router.get(/^\/__standin\/(?:admin\/)?([a-z-]+)\.js$/, (request, response, next) => {
    adminScript(request.params['0'] ?? '')
      .then((text) => response.type('js').set('Cache-Control', 'no-store').send(text))
      .catch(next)
  })
  return router
}

async function pageFor(shop: Shop): Promise<string> {
  const template = await readFile(new URL('page.html', folder), 'utf8')
  const { name } = shop.state
  const desk = { handle: shop.handle, appHandle: APP.handle, appName: APP.name, homePath: APP.home }
  const values: Record<string, string> = {
    shopName: escaped(name),
    initials: escaped(name.replace(/(\w)\w*\s*/g, '$1').slice(0, 2)),
    appName: APP.name,
    base: `/store/${shop.handle}/apps/${APP.handle}`,
    desk: JSON.stringify(desk).replaceAll('<', '\\u003c'),
  }
  return template.replace(/\{\{(\w+)\}\}/g, (_whole, key: string) => values[key] ?? '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
