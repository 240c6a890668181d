import { type Resource } from '~/contracts/resource'
import { type Sql } from '~/db.server'
import { ParityError } from '~/lib/errors'
import { readReason } from '~/records/dismiss-records'
import { type DeadGroup, findCauseOfShop } from '~/records/find-causes'
import { type Runner } from './runner'

const EVER = new Date(0).toISOString()

/** What is done with all dead letters of one cause: a job does it, and the answer says how many there are. */
export const GROUP_RUNNERS: { [Intent in 'replay-group' | 'dismiss-group']: Runner<Intent> } = {
  async 'replay-group'({ db, queue, clock }, { shopId }, { resource, cause }) {
    const { count, key } = await findGroup(db, shopId, resource, cause)
    const until = clock().toISOString()
    await queue.send('replayDead', [{ shopId, since: EVER, until, resource, cause: key }], db)
    return { count, left: [] }
  },

  async 'dismiss-group'({ db, queue, clock }, { shopId }, { resource, cause, reason: given }) {
    const reason = readReason(given)
    const { count, key } = await findGroup(db, shopId, resource, cause)
    const until = clock().toISOString()
    await queue.send('dismissDead', [{ shopId, until, resource, cause: key, reason }], db)
    return { count, left: [] }
  },
}

/** @throws ParityError `GROUP_MISSING`: it was dealt with already, or there never was one of that name */
async function findGroup(sql: Sql, shopId: string, resource: Resource, key: string): Promise<DeadGroup> {
  const group = await findCauseOfShop(sql, shopId, { resource, key })
  if (group) return group
  const words = 'Nothing fails for this reason any more.'
  throw new ParityError('GROUP_MISSING', { message: words, userMessage: words })
}
