import { setTimeout as pause } from 'node:timers/promises'
import { commandApp } from './command-app'
import { type Stage } from './stage'

/** A dead letter. */
export interface DeadRecord {
  id: string
  resource: string
  externalId: string
  action: string
  code: string
}

/** How many records a person may name at once. */
const MOST_SELECTED = 250

/**
 * Brings dead letters back: every other one by a newer change in the store, the rest as a person does who has them sent again. What
 * is gone in the store has nothing newer to say, and is always of the rest.
 */
export async function reviveDead(stage: Stage, dead: DeadRecord[]): Promise<void> {
  const changed = dead.filter(({ action }, index) => action !== 'deleted' && index % 2 === 0)
  const replayed = dead.filter((record) => !changed.includes(record)).slice(0, MOST_SELECTED)
  if (replayed.length > 0) {
    await commandApp(stage, [['intent', 'replay'], ...replayed.map(({ id }): [string, string] => ['id', id])])
  }
  // The store's times are whole seconds: what is changed now is newer than what was refused.
  await pause(1_100)
  for (const record of changed) change(stage, record)
}

function change({ shop, random }: Stage, { resource, externalId }: DeadRecord): void {
  const name = `Revived ${random.int(1, 999_999)}`
  switch (resource) {
    case 'product':
      return void shop.products.update(externalId, { title: name })
    case 'category':
      return void shop.collections.update(externalId, { title: name })
    case 'customer':
      return void shop.customers.update(externalId, { firstName: name })
    case 'order':
      return void shop.orders.update(externalId, { tags: [name] })
    default:
      throw new Error(`The store has no ${resource}`)
  }
}
