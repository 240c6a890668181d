import { ask, command } from './api.js'
import { drawDeliveries, forgetDeliveries } from './delivery-list.js'
import { byId } from './dom.js'
import { openFrame } from './frame.js'
import { drawRecords, forgetRecords, type Resource } from './record-table.js'

type Tab = Resource | 'deliveries'

interface Summary {
  installed: boolean
  deliveries: Record<'waiting' | 'under_way' | 'acknowledged' | 'gave_up' | 'dropped', number>
}

const REFRESH_MS = 1200
const tabs = [...document.querySelectorAll<HTMLButtonElement>('[role=tab]')]
let current: Tab = 'products'

function choose(tab: Tab): void {
  current = tab
  for (const button of tabs) {
    const chosen = button.dataset['tab'] === tab
    button.setAttribute('aria-selected', String(chosen))
    button.tabIndex = chosen ? 0 : -1
    if (chosen) byId('panel-body').setAttribute('aria-labelledby', button.id)
  }
  byId('search-field').hidden = tab === 'deliveries'
  forgetRecords()
  forgetDeliveries()
  void refresh()
}

async function refresh(): Promise<void> {
  try {
    drawSummary(await ask<Summary>('/summary'))
    await (current === 'deliveries' ? drawDeliveries() : drawRecords(current))
    byId('connection').hidden = true
  } catch {
    byId('connection').hidden = false
  }
}

function drawSummary({ installed, deliveries }: Summary): void {
  const waiting = deliveries.waiting + deliveries.under_way
  byId('count-acknowledged').textContent = String(deliveries.acknowledged)
  byId('count-waiting').textContent = String(waiting)
  byId('count-lost').textContent = String(deliveries.gave_up + deliveries.dropped)
  byId('chip-waiting').classList.toggle('warn', waiting > 0)
  byId('uninstall').textContent = installed ? 'Uninstall the app' : 'Uninstalled: open the app to install it'
  byId<HTMLButtonElement>('uninstall').disabled = !installed
}

function show(side: 'app' | 'store'): void {
  document.body.dataset['side'] = side
  byId('show-app').setAttribute('aria-pressed', String(side === 'app'))
  byId('show-store').setAttribute('aria-pressed', String(side === 'store'))
}

function listen(): void {
  listenToTabs()
  listenToMenus()
  byId('burst').addEventListener('submit', (event) => {
    event.preventDefault()
    const changes = Number(byId<HTMLInputElement>('burst-count').value)
    const seed = Math.floor(Math.random() * 1_000_000)
    void command(`${changes} changes made`, '/burst', 'POST', { changes, seed })
  })
  byId('search').addEventListener('input', () => void refresh())
  byId('uninstall').addEventListener('click', () => void command('The app is uninstalled', '/uninstall'))
  byId('show-app').addEventListener('click', () => show('app'))
  byId('show-store').addEventListener('click', () => show('store'))
  byId('toggle-store').addEventListener('click', () => {
    const closed = document.body.classList.toggle('store-closed')
    byId('toggle-store').setAttribute('aria-expanded', String(!closed))
  })
  addEventListener('standin:changed', () => void refresh())
  addEventListener('standin:app-wanted', () => show('app'))
}

/** A click, or the arrow keys from one to the next. */
function listenToTabs(): void {
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab.dataset['tab'] as Tab))
    tab.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
      const next = step === 0 ? undefined : tabs.at((index + step) % tabs.length)
      next?.focus()
      next?.click()
    })
  }
}

/** A menu closes when another place is used, or with Escape. */
function listenToMenus(): void {
  document.addEventListener('click', ({ target }) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      if (!(target instanceof Node && menu.querySelector('summary')?.contains(target))) menu.open = false
    }
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      menu.open = false
      menu.querySelector('summary')?.focus()
    }
  })
}

if (window.top !== window) window.top?.location.assign(location.href)
else {
  listen()
  show('app')
  choose('products')
  void openFrame()
  setInterval(() => {
    // An open menu is not drawn away under somebody's fingers.
    if (!document.hidden && !document.querySelector('details.menu[open]')) void refresh()
  }, REFRESH_MS)
}
