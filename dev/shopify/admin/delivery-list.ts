import { ask, command } from './api.js'
import { ago, byId, el, redraw } from './dom.js'

interface Attempt {
  at: string
  status: number | null
  error: string | null
  durationMs: number
}
interface Delivery {
  webhookId: string
  topic: string
  recordId: string
  triggeredAt: string
  state: 'waiting' | 'under_way' | 'acknowledged' | 'gave_up' | 'dropped'
  attempts: Attempt[]
  nextAttemptAt: string | null
  body: string
}
interface Faults {
  webhooks: { kind: string; times?: number }[]
}

const STATES: Record<Delivery['state'], [label: string, tone: string]> = {
  waiting: ['Waiting', 'warn'],
  under_way: ['Under way', 'plain'],
  acknowledged: ['Delivered', 'good'],
  gave_up: ['Given up', 'bad'],
  dropped: ['Dropped', 'bad'],
}

const FAULTS: Record<string, [label: string, fault: Record<string, unknown>]> = {
  duplicate: ['Send twice', { kind: 'duplicate' }],
  drop: ['Drop', { kind: 'drop' }],
  delay: ['Delay by 10 s', { kind: 'delay', ms: 10_000 }],
  reorder: ['Reorder in fives', { kind: 'reorder', window: 5 }],
  tamper: ['Tamper with the body', { kind: 'tamper' }],
}

let drawn = ''

/** Draws the newest deliveries and what the network is told to do to them. */
export async function drawDeliveries(): Promise<void> {
  const [deliveries, faults] = await Promise.all([
    ask<Delivery[]>('/deliveries?limit=60'),
    ask<Faults>('/faults'),
  ])
  // What is being read is not drawn anew only because a second has passed.
  const reading = document.querySelector('.deliveries details[open]') !== null
  const ages = reading ? [] : deliveries.map(({ triggeredAt }) => ago(triggeredAt))
  const state = JSON.stringify([deliveries, faults, ages])
  if (state === drawn) return
  drawn = state
  redraw(
    byId('panel-body'),
    faultBar(faults),
    deliveries.length === 0
      ? el('p', { class: 'empty' }, 'No webhook yet. Change something in the store.')
      : el('ul', { class: 'deliveries' }, ...deliveries.map(item)),
  )
}

export function forgetDeliveries(): void {
  drawn = ''
}

function faultBar({ webhooks }: Faults): HTMLElement {
  const choice = el(
    'select',
    { id: 'fault', 'data-key': 'fault' },
    ...Object.entries(FAULTS).map(([key, [label]]) => el('option', { value: key }, label)),
  )
  const apply = () =>
    void command('The next 10 webhooks will see', '/faults/webhooks', 'POST', {
      ...FAULTS[choice.value]?.[1],
      times: 10,
    })
  return el(
    'div',
    { class: 'toolbar wrap' },
    el('label', { for: 'fault' }, 'Next 10 webhooks'),
    choice,
    el('button', { 'data-key': 'fault-apply', onclick: apply }, 'Misbehave'),
    webhooks.length > 0
      ? el(
          'button',
          { 'data-key': 'behave', onclick: () => void command('Behaving again', '/faults', 'DELETE') },
          `Behave (${webhooks.map(({ kind }) => kind).join(', ')})`,
        )
      : null,
    el(
      'button',
      { 'data-key': 'retry', onclick: () => void command('Retrying what waits', '/deliveries/retry') },
      'Retry now',
    ),
  )
}

function item(delivery: Delivery): HTMLElement {
  const { webhookId, topic, recordId, triggeredAt, attempts } = delivery
  const [label, tone] = STATES[delivery.state]
  return el(
    'li',
    {},
    el(
      'details',
      { 'data-key': webhookId },
      el(
        'summary',
        { 'data-key': `summary:${webhookId}` },
        el('span', { class: 'name' }, topic),
        el('span', { class: `badge ${tone}` }, label),
        el('span', { class: 'muted' }, `${recordId} · ${ago(triggeredAt)} · ${lastAttempt(attempts)}`),
      ),
      el(
        'ol',
        { class: 'attempts' },
        ...attempts.map(({ at, status, error, durationMs }) =>
          el('li', {}, `${at} — ${status ?? error ?? ''} in ${durationMs} ms`),
        ),
      ),
      delivery.nextAttemptAt ? el('p', { class: 'muted' }, `Next attempt ${delivery.nextAttemptAt}`) : null,
      el(
        'button',
        {
          'data-key': `again:${webhookId}`,
          onclick: () => void command('Sent again', '/deliveries/redeliver', 'POST', { webhookId }),
        },
        'Send again',
      ),
      el('pre', { tabindex: '0', 'aria-label': `Body of ${topic}` }, delivery.body),
    ),
  )
}

function lastAttempt(attempts: Attempt[]): string {
  const last = attempts.at(-1)
  if (!last) return 'not sent'
  return `${attempts.length > 1 ? `${attempts.length} attempts, last ` : ''}${last.status ?? 'no answer'}`
}
