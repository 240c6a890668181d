import { FieldError } from '~/lib/field-error'
import { cancelRemoval } from '~/shops/cancel-removal'
import { changeConnection } from '~/shops/change-connection'
import { startRemoval } from '~/shops/start-removal'
import { DONE, type Runner } from './runner'

/** Sets what the shop mirrors. What is selected again is read from the store; what is selected no longer stays at the SaaS. */
export const saveMirror: Runner<'save-mirror'> = async ({ db, queue, clock }, { shopId }, wish) => {
  const change = { resources: wish.resources, includeTestOrders: wish.includeTestOrders === 'true' }
  await db.transaction((tx) => changeConnection(tx, shopId, change, { queue, now: clock() }))
  return DONE
}

/** Has what was sent of a resource removed from the SaaS: only where it is not mirrored, and a person has said that it is meant. */
export const removeResource: Runner<'remove-resource'> = async (ports, { shopId }, wish) => {
  if (wish.confirmed !== 'true') throw new FieldError({ confirmed: 'CONFIRM_FIRST' })
  const { db, queue, clock } = ports
  await db.transaction((tx) => startRemoval(tx, shopId, wish.resource, { queue, now: clock() }))
  return DONE
}

/** Stops a removal: what the SaaS still has stays there. */
export const stopRemoval: Runner<'cancel-removal'> = async ({ db, queue, clock }, { shopId }, { run }) => {
  await db.transaction((tx) => cancelRemoval(tx, { shopId, runId: run }, { queue, now: clock() }))
  return DONE
}
