/**
 * What a framed app gets in place of `https://cdn.shopify.com/shopifycloud/app-bridge.js`: the part of App Bridge
 * that an embedded app uses, spoken to the stand-in's admin page by messages. A classic script, not a module.
 */
;(() => {
  type Told = Record<string, unknown>
  const query = new URLSearchParams(location.search)
  /** Who frames this page: the demo's admin on the same origin, a test's on Shopify's. (Firefox does not tell, and is the demo's.) */
  const admin = (location.ancestorOrigins as DOMStringList | undefined)?.[0] ?? location.origin
  const waiting = new Map<number, (value: unknown) => void>()
  let asked = 0
  let shown = 0

  const tell = (type: string, payload: Told = {}) =>
    parent.postMessage({ standin: 'tell', type, payload }, admin)
  const ask = (type: string) =>
    new Promise<unknown>((resolve) => {
      waiting.set(++asked, resolve)
      parent.postMessage({ standin: 'ask', id: asked, type }, admin)
    })
  const idToken = async () => String(await ask('idToken'))

  addEventListener('message', ({ data, origin }: MessageEvent<unknown>) => {
    if (origin !== admin || typeof data !== 'object' || data === null) return
    const message = data as { standin?: string; id?: number; value?: unknown; path?: string; action?: string }
    if (message.standin === 'reply') {
      waiting.get(message.id ?? 0)?.(message.value)
      waiting.delete(message.id ?? 0)
    }
    if (message.standin === 'navigate')
      void leave().then(
        () => navigate(message.path ?? '/'),
        () => undefined,
      )
    if (message.standin === 'press') press(message.action ?? '')
  })

  // Requests to the app's own server bear an id token, and are made once more when that has just expired.
  const plainFetch = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : String(input), location.href)
    if (address.origin !== location.origin) return plainFetch(input, init)
    const template = new Request(input, init)
    const send = async () => {
      const request = template.clone()
      if (!request.headers.has('Authorization')) {
        request.headers.set('Authorization', `Bearer ${await idToken()}`)
      }
      request.headers.set('X-Requested-With', 'XMLHttpRequest')
      return plainFetch(request)
    }
    const first = await send()
    const again = first.status === 401 && first.headers.get('X-Shopify-Retry-Invalid-Session-Request') === '1'
    const answer = again ? await send() : first
    const leaveFor = answer.headers.get('X-Shopify-API-Request-Failure-Reauthorize-Url')
    if (leaveFor) tell('open', { url: leaveFor })
    return answer
  }

  // The bounce page: back to where the app wanted to be, with a fresh id token.
  const reload = query.get('shopify-reload')
  if (reload) {
    void idToken().then((token) => {
      const target = new URL(reload, location.href)
      target.searchParams.set('id_token', token)
      location.replace(target.pathname + target.search)
    })
    return
  }

  function navigate(path: string) {
    const link = document.createElement('a')
    link.setAttribute('href', path)
    link.hidden = true
    document.body.append(link)
    link.dispatchEvent(new Event('shopify:navigate', { bubbles: true }))
    link.remove()
  }

  /** Whoever has unsaved changes is asked by the admin. @throws when they stay */
  async function leave(): Promise<void> {
    const bar = document.querySelector<SaveBar>('ui-save-bar[open]')
    if (!bar) return
    if ((await ask('leave')) !== 'leave') throw new Error('The person stays on the page.')
    bar.hide()
  }

  const setOpen = (id: string, open: boolean) => {
    const element = document.getElementById(id)
    if (element && 'show' in element && 'hide' in element) {
      const { show, hide } = element as HTMLElement & { show(): void; hide(): void }
      ;(open ? show : hide).call(element)
    }
    return Promise.resolve()
  }

  Object.assign(window, {
    shopify: {
      config: {
        apiKey: document.querySelector<HTMLScriptElement>('script[data-api-key]')?.dataset['apiKey'],
        shop: query.get('shop'),
        host: query.get('host'),
        locale: query.get('locale') ?? 'en',
      },
      environment: { embedded: true, mobile: false, pos: false, intent: false },
      origin: location.origin,
      ready: Promise.resolve(),
      idToken,
      toast: {
        show(message: string, options: Told = {}) {
          tell('toast', { message, isError: options['isError'] === true })
          return String(++shown)
        },
        hide: () => tell('toast', { message: '' }),
      },
      loading: (on: unknown) => tell('loading', { on: on !== false }),
      saveBar: {
        show: (id: string) => setOpen(id, true),
        hide: (id: string) => setOpen(id, false),
        toggle: (id: string) => setOpen(id, true),
        leaveConfirmation: leave,
      },
      modal: {
        show: (id: string) => setOpen(id, true),
        hide: (id: string) => setOpen(id, false),
        toggle: (id: string) => setOpen(id, true),
      },
      scopes: {
        query: () => Promise.resolve({ granted: [], required: [], optional: [] }),
        request: () => Promise.resolve({ result: 'granted-all' }),
        revoke: () => Promise.resolve({ detail: { granted: [] } }),
      },
      user: () => Promise.resolve({}),
    },
  })

  /** A bar of the admin that the app opens and closes: its buttons stay in the app, and are pressed from outside. */
  class SaveBar extends HTMLElement {
    connectedCallback() {
      this.hidden = true
    }
    show() {
      if (this.hasAttribute('open')) return
      this.setAttribute('open', '')
      tell('saveBar', { open: true })
      this.dispatchEvent(new Event('show'))
    }
    hide() {
      if (!this.hasAttribute('open')) return
      this.removeAttribute('open')
      tell('saveBar', { open: false })
      this.dispatchEvent(new Event('hide'))
    }
  }

  function press(action: string) {
    const bar = document.querySelector('ui-save-bar[open]')
    const primary = bar?.querySelector<HTMLButtonElement>('button[variant="primary"]')
    const other = bar?.querySelector<HTMLButtonElement>('button:not([variant="primary"])')
    ;(action === 'save' ? primary : other)?.click()
  }

  /** A dialogue; it stays within the frame here. React fills `content`. */
  class Modal extends HTMLElement {
    readonly content = document.createElement('div')
    readonly #dialog = document.createElement('dialog')

    connectedCallback() {
      const title = this.querySelector('ui-title-bar')
      const heading = document.createElement('h2')
      const close = document.createElement('button')
      heading.textContent = title?.getAttribute('title') ?? ''
      close.textContent = 'Close'
      close.addEventListener('click', () => this.hide())
      const actions = [...(title?.querySelectorAll('button') ?? [])].map((inner) => {
        const button = document.createElement('button')
        button.textContent = inner.textContent
        button.addEventListener('click', () => inner.click())
        return button
      })
      this.#dialog.replaceChildren(heading, this.content, ...actions, close)
      this.#dialog.addEventListener('close', () => this.dispatchEvent(new Event('hide')))
      document.body.append(this.#dialog)
    }
    disconnectedCallback() {
      this.#dialog.remove()
    }
    show() {
      if (this.#dialog.open) return
      this.#dialog.showModal()
      this.dispatchEvent(new Event('show'))
    }
    hide() {
      if (this.#dialog.open) this.#dialog.close()
    }
  }
  customElements.define('ui-save-bar', SaveBar)
  customElements.define('ui-modal', Modal)

  // What belongs to the admin's own frame is not drawn in the page. Not by a <style>: React hydrates the whole document,
  // and takes an element that it does not know for a fault.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar { display: none !important }')
  document.adoptedStyleSheets.push(sheet)

  let lastSeen = ''
  const report = () => {
    const links = [...document.querySelectorAll('ui-nav-menu a, s-app-nav a, s-app-nav s-link')].map(
      (link) => ({
        text: (link.textContent ?? '').trim(),
        href: link.getAttribute('href') ?? '/',
        home: link.getAttribute('rel') === 'home',
      }),
    )
    const title = document.querySelector('ui-title-bar')?.getAttribute('title') ?? document.title
    const seen = JSON.stringify([links, title, location.pathname])
    if (seen === lastSeen) return
    lastSeen = seen
    tell('page', { links, title, path: location.pathname })
  }
  addEventListener('DOMContentLoaded', report)
  addEventListener('popstate', report)
  new MutationObserver(report).observe(document, { childList: true, subtree: true, attributes: true })
})()
