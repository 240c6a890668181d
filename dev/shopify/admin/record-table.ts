import { ask, command } from './api.js'
import { ago, byId, el, redraw } from './dom.js'

export type Resource = 'products' | 'orders' | 'customers' | 'collections'

interface Row {
  id: string
  title: string
  detail: string
  status: string
  tone: 'good' | 'warn' | 'bad' | 'plain'
  updatedAt: string
}
interface Rows {
  total: number
  rows: Row[]
}

const SINGULAR: Record<Resource, string> = {
  products: 'product',
  orders: 'order',
  customers: 'customer',
  collections: 'collection',
}

type Action = [label: string, done: string, path: string, body?: unknown]

/** What else can be done with a record. */
const ACTIONS: Record<Resource, Action[]> = {
  products: [['New stock', 'Stock adjusted', 'stock']],
  orders: [
    ['Pay', 'Order paid', 'pay'],
    ['Fulfil', 'Order fulfilled', 'fulfil'],
    ['Refund', 'Item refunded', 'refund'],
    ['Edit', 'Order edited', 'edit'],
    ['Cancel', 'Order cancelled', 'cancel'],
  ],
  customers: [
    ['Tag "vip"', 'Tag added', 'add-tags', { tags: ['vip'] }],
    ['Untag "vip"', 'Tag removed', 'remove-tags', { tags: ['vip'] }],
    ['Subscribe', 'Consent changed', 'consent', { channel: 'email', state: 'subscribed' }],
    ['Unsubscribe', 'Consent changed', 'consent', { channel: 'email', state: 'unsubscribed' }],
    ['Request data', 'Data request sent', 'request-data'],
  ],
  collections: [],
}

let drawn = ''

/** Draws the newest records of a kind, if they are not drawn already. */
export async function drawRecords(resource: Resource): Promise<void> {
  const search = byId<HTMLInputElement>('search').value
  const found = await ask<Rows>(`/rows/${resource}?search=${encodeURIComponent(search)}`)
  const state = JSON.stringify([resource, found, found.rows.map(({ updatedAt }) => ago(updatedAt))])
  if (state === drawn) return
  drawn = state
  redraw(
    byId('panel-body'),
    toolbar(resource, found.total),
    found.rows.length === 0
      ? el('p', { class: 'empty' }, search ? 'Nothing matches.' : `The shop has no ${resource} yet.`)
      : table(resource, found.rows),
  )
}

/** The next drawing must not be skipped. */
export function forgetRecords(): void {
  drawn = ''
}

function toolbar(resource: Resource, total: number): HTMLElement {
  const name = SINGULAR[resource]
  return el(
    'div',
    { class: 'toolbar' },
    el('span', { class: 'muted' }, `${total} ${resource}`),
    el(
      'button',
      {
        class: 'primary',
        'data-key': 'create',
        onclick: () => void command(`${capital(name)} created`, `/${resource}`),
      },
      `Create ${name}`,
    ),
  )
}

function table(resource: Resource, rows: Row[]): HTMLElement {
  return el(
    'table',
    {},
    el('caption', { class: 'unseen' }, `${resource}, the last changed first`),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, capital(SINGULAR[resource])),
        el('th', { scope: 'col' }, 'Status'),
        el('th', { scope: 'col', class: 'end' }, 'Actions'),
      ),
    ),
    el('tbody', {}, ...rows.map((row) => line(resource, row))),
  )
}

function line(resource: Resource, row: Row): HTMLElement {
  return el(
    'tr',
    { 'data-record': row.id },
    el(
      'th',
      { scope: 'row' },
      el('span', { class: 'name' }, row.title),
      el('span', { class: 'muted' }, `${row.detail} · ${ago(row.updatedAt)}`),
    ),
    el('td', {}, el('span', { class: `badge ${row.tone}` }, row.status)),
    el('td', { class: 'end' }, actions(resource, row)),
  )
}

function actions(resource: Resource, { id, title }: Row): HTMLElement {
  const button = (label: string, done: string, path: string, method: string, body?: unknown) =>
    el(
      'button',
      {
        'data-key': `${label}:${id}`,
        'aria-label': `${label}: ${title}`,
        class: label === 'Delete' ? 'danger' : '',
        onclick: () => void command(done, path, method, body),
      },
      label,
    )
  const noun = capital(SINGULAR[resource])
  return el(
    'div',
    { class: 'actions' },
    button('Change', `${noun} changed`, `/${resource}/${id}`, 'PATCH', {}),
    el(
      'details',
      { class: 'menu', 'data-key': `menu:${id}` },
      el('summary', { 'aria-label': `More for ${title}`, 'data-key': `more:${id}` }, '⋯'),
      el(
        'div',
        { class: 'menu-items' },
        ...ACTIONS[resource].map(([label, done, path, body]) =>
          button(label, done, `/${resource}/${id}/${path}`, 'POST', body ?? {}),
        ),
        button('Delete', `${noun} deleted`, `/${resource}/${id}`, 'DELETE', {}),
      ),
    ),
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
