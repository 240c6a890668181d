import { ReplayableState } from '~/contracts/states'
import { countRecords } from '~/records/count-records'
import { retryRecords } from '~/records/retry-records'
import { UNDER_WAY } from '../records-query'
import { reached } from './reached'
import { type Runner } from './runner'

/** What is done with records of a list: with those that are selected, or with all that it shows. */
export const LIST_RUNNERS: { [Intent in 'retry' | 'replay-matching']: Runner<Intent> } = {
  async retry({ db, clock }, { shopId }, { id }) {
    const { retried, notRetried } = await db.transaction((tx) => retryRecords(tx, shopId, id, clock()))
    return reached(retried, notRetried)
  },

  async 'replay-matching'({ db, queue, clock }, { shopId, sourceIds }, { state, resource = null }) {
    const states = ReplayableState.options.filter((one) => one === state || isUnderWay(state, one))
    const counts = await countRecords(db, sourceIds)
    const count = counts
      .filter(
        (row) => states.some((one) => one === row.state) && (resource === null || row.resource === resource),
      )
      .reduce((sum, row) => sum + row.count, 0)
    const until = clock().toISOString()
    if (count > 0) await queue.send('replayMatching', [{ shopId, states, resource, until }], db)
    return { count, left: [] }
  },
}

function isUnderWay(state: string, one: ReplayableState): boolean {
  return state === 'under_way' && UNDER_WAY.some((each) => each === one)
}
