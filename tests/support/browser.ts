import { chromium, type Browser, type BrowserContext, type Frame, type Page } from 'playwright-core'
import { USER_AGENT } from '../../dev/open-app'
import { adminScript } from '../../dev/shopify/admin-script'

const ADMIN = 'https://admin.shopify.com'
const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js'

/** The Shopify admin with the app in its frame. */
export interface Admin {
  page: Page
  /** The app's frame. */
  app: Frame
  /** What the browser complained about: errors and warnings on the console, uncaught errors, requests that left the desk. */
  complaints: string[]
  close(): Promise<void>
}

export interface AdminOptions {
  appUrl: string
  shop: string
  /** A fresh session token of the shop. */
  idToken: () => Promise<string>
  /** The app's page, such as `/app/activity`; the Overview by default. */
  path?: string
  /** The token in the first address: a fresh one by default, null for none. */
  firstToken?: string | null
  width?: number
  height?: number
  /** The language of the person's admin; English by default. */
  locale?: string
}

let browser: Browser | undefined

/**
 * Opens the app as a merchant does: the admin, on its real origin, frames it with a session token in the address.
 *
 * @param within the browser; that of the test run unless given
 */
export async function openAdmin(options: AdminOptions, within?: Browser): Promise<Admin> {
  const context = await (within ?? (await browserOfRun())).newContext({
    userAgent: USER_AGENT,
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    locale: options.locale ?? 'en-US',
  })
  // What runs in a page may have come by esbuild, which keeps the names of functions by a helper of its own.
  await context.addInitScript('globalThis.__name ??= (named) => named')
  const complaints: string[] = []
  const firstToken = options.firstToken === undefined ? await options.idToken() : options.firstToken
  await standIn(context, options, frameAddress(options, firstToken), complaints)
  const page = await context.newPage()
  listenTo(page, complaints)
  await page.goto(`${ADMIN}/store/parity/apps/parity`)
  const app = page.frame({ name: 'app-iframe' })
  if (!app) throw new Error('the admin has no frame')
  await app.waitForFunction(isAlive).catch(async (cause: unknown) => {
    throw new Error(`The page did not come alive: ${complaints.join('; ')}\n${await app.content()}`, {
      cause,
    })
  })

  return { page, app, complaints, close: () => context.close() }
}

/** Whether React has taken the page over: before that, a choice or a key press would go nowhere. */
function isAlive(): boolean {
  const main = document.querySelector('main')
  return main !== null && Object.keys(main).some((key) => key.startsWith('__react'))
}

/** The one that the test run has started. Who brings a browser has no test run, and cannot load its library. */
async function browserOfRun(): Promise<Browser> {
  const { inject } = await import('vitest')
  return (browser ??= await chromium.connect(inject('browserEndpoint')))
}

/** Closes this file's connection to the browser. */
export async function closeBrowser(): Promise<void> {
  await browser?.close()
  browser = undefined
}

async function standIn(
  context: BrowserContext,
  { appUrl, idToken }: AdminOptions,
  frame: string,
  complaints: string[],
): Promise<void> {
  const bridge = await adminScript('app-bridge')
  await context.exposeFunction('__idToken', idToken)
  await context.route(
    (url) => url.origin !== appUrl,
    (route) => {
      const { origin, href } = new URL(route.request().url())
      if (origin === ADMIN) return route.fulfill({ contentType: 'text/html', body: adminPage(frame) })
      if (href === APP_BRIDGE) return route.fulfill({ contentType: 'text/javascript', body: bridge })
      complaints.push(`asked for ${origin}`)
      return route.abort()
    },
  )
}

function frameAddress({ appUrl, shop, path, locale = 'en' }: AdminOptions, token: string | null): string {
  const url = new URL(path ?? '/app', appUrl)
  const host = Buffer.from(`admin.shopify.com/store/${shop.replace('.myshopify.com', '')}`).toString('base64')
  const query = {
    embedded: '1',
    shop,
    host: host.replace(/=+$/, ''),
    locale,
    hmac: 'x',
    timestamp: '1',
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  if (token !== null) url.searchParams.set('id_token', token)
  return url.href
}

function adminPage(frame: string): string {
  return `<!doctype html><html lang="en"><title>Shopify admin</title>
    <body style="margin:0"><section id="save-bar" aria-label="Unsaved changes" hidden style="position:fixed;inset:0 0 auto 0">
    <button id="save">Save</button><button id="discard">Discard</button></section>
    <dialog id="leave" aria-label="Leave page with unsaved changes?"><button>Leave page</button><button>Stay</button></dialog>
    <iframe title="App" name="app-iframe" style="border:0;width:100%;height:100vh;display:block"
    src="${frame.replaceAll('&', '&amp;')}"></iframe><script>(${answerTheApp.toString()})()</script></body></html>`
}

/** What the admin's page does for the App Bridge of the frame: session tokens, the bar for unsaved changes, asking who leaves. Runs in the browser. */
function answerTheApp(): void {
  const { __idToken } = window as unknown as { __idToken: () => Promise<string> }
  const bar = document.querySelector<HTMLElement>('#save-bar')
  const leave = document.querySelector<HTMLDialogElement>('#leave')
  const frame = document.querySelector('iframe')
  for (const action of ['save', 'discard'])
    bar
      ?.querySelector(`#${action}`)
      ?.addEventListener('click', () => frame?.contentWindow?.postMessage({ standin: 'press', action }, '*'))

  interface Message {
    standin: string
    id: number
    type: string
    payload?: { open?: boolean }
  }
  addEventListener('message', ({ data, source, origin }: MessageEvent<Message>) => {
    if (data.standin === 'tell' && data.type === 'saveBar' && bar) bar.hidden = data.payload?.open !== true
    if (data.standin !== 'ask') return
    const reply = (value: string) =>
      source?.postMessage({ standin: 'reply', id: data.id, value }, { targetOrigin: origin })
    if (data.type === 'idToken') void __idToken().then(reply)
    if (data.type !== 'leave' || !leave) return
    leave.showModal()
    const [go, stay] = leave.querySelectorAll('button')
    go?.addEventListener('click', () => (leave.close(), reply('leave')), { once: true })
    stay?.addEventListener('click', () => (leave.close(), reply('stay')), { once: true })
  })
}

function listenTo(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
}
