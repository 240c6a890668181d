import { ask } from './api.js'
import { byId, el } from './dom.js'
import { say } from './toast.js'

interface Page {
  links: { text: string; href: string; home: boolean }[]
  title: string
  path: string
}

/** What the page was served with. */
interface Desk {
  handle: string
  appHandle: string
  appName: string
  homePath: string
}

const desk = JSON.parse(byId('desk').textContent ?? '{}') as Desk
const base = `/store/${desk.handle}/apps/${desk.appHandle}`
const frame = byId<HTMLIFrameElement>('app-frame')

/** Frames the app, with an id token as the admin gives it, and answers what its App Bridge asks. */
export async function openFrame(): Promise<void> {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.origin === location.origin && event.source === frame.contentWindow) hear(event.data)
  })
  byId('save-bar-save').addEventListener('click', () => send({ standin: 'press', action: 'save' }))
  byId('save-bar-discard').addEventListener('click', () => send({ standin: 'press', action: 'discard' }))
  byId('app-home').addEventListener('click', (event) => go(event, desk.homePath))

  const inside = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : ''
  const path = inside === '' || inside === '/' ? desk.homePath : inside
  const host = btoa(`admin.shopify.com/store/${desk.handle}`).replace(/=+$/, '')
  const { idToken } = await ask<{ idToken: string }>('/id-token')
  const query = new URLSearchParams({
    embedded: '1',
    shop: `${desk.handle}.myshopify.com`,
    host,
    locale: 'en',
    session: 'standin',
    timestamp: String(Math.floor(Date.now() / 1000)),
    id_token: idToken,
  })
  frame.src = `${path}?${query}`
}

function hear(data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  const message = data as { standin?: string; type?: string; id?: number; payload?: Record<string, unknown> }
  const { standin, id = 0 } = message
  if (standin === 'ask' && message.type === 'idToken') void giveToken(id)
  if (standin === 'ask' && message.type === 'leave')
    send({ standin: 'reply', id, value: confirm('Leave the page with unsaved changes?') ? 'leave' : 'stay' })
  if (message.standin === 'tell') react(message.type ?? '', message.payload ?? {})
}

async function giveToken(id: number): Promise<void> {
  const { idToken } = await ask<{ idToken: string }>('/id-token')
  send({ standin: 'reply', id, value: idToken })
}

function react(type: string, payload: Record<string, unknown>): void {
  if (type === 'toast') say(String(payload['message']), payload['isError'] === true)
  if (type === 'loading') byId('loading').hidden = payload['on'] !== true
  if (type === 'saveBar') byId('save-bar').hidden = payload['open'] !== true
  if (type === 'open') location.href = String(payload['url'])
  if (type === 'page') drawPage(payload as unknown as Page)
}

/** The app's own pages beneath its name, its title, and the address of the whole. */
function drawPage({ links, title, path }: Page): void {
  const items = links
    .filter(({ home }) => !home)
    .map(({ text, href }) => {
      const address = new URL(href, location.href).pathname
      const current = path === address || path.startsWith(`${address}/`)
      return el(
        'li',
        {},
        el(
          'a',
          {
            href: base + href,
            ...(current && { 'aria-current': 'page' }),
            onclick: (event) => go(event, href),
          },
          text,
        ),
      )
    })
  byId('app-pages').replaceChildren(...items)
  byId('app-title').textContent = title || desk.appName
  byId('app-home').toggleAttribute('aria-current', path === desk.homePath)
  history.replaceState(null, '', `${base}${path}`)
}

function go(event: Event, path: string): void {
  event.preventDefault()
  send({ standin: 'navigate', path })
  dispatchEvent(new Event('standin:app-wanted'))
}

function send(message: Record<string, unknown>): void {
  frame.contentWindow?.postMessage(message, location.origin)
}
