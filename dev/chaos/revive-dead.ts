import { setTimeout as pause } from 'node:timers/promises'
import { type Stage } from './stage'

/** A dead letter. */
export interface DeadRecord {
  resource: string
  externalId: string
  action: string
  code: string
}

/** Changes each dead record in the store, so that it has something new to say. */
export async function reviveDead({ shop, random }: Stage, dead: DeadRecord[]): Promise<void> {
  // The store's times are whole seconds: what is changed now is newer than what was refused.
  await pause(1_100)
  const name = () => `Revived ${random.int(1, 999_999)}`
  for (const { resource, externalId } of dead) {
    switch (resource) {
      case 'product':
        shop.products.update(externalId, { title: name() })
        break
      case 'category':
        shop.collections.update(externalId, { title: name() })
        break
      case 'customer':
        shop.customers.update(externalId, { firstName: name() })
        break
      case 'order':
        shop.orders.update(externalId, { tags: [name()] })
        break
    }
  }
}
