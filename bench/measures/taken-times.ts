import { type Call } from '../destination'
import { orderId } from '../load/order'
import { type LoadResult, type Plan } from '../load/plan'

/** A record's key as the SaaS files it. */
export function recordKey(store: string, resource: 'order' | 'product', externalId: string): string {
  return ['shopify', store, resource, externalId].join('|')
}

/** When each record's first call that was taken had begun, or was over, by the record's key; milliseconds since 1970. */
export function firstTaken(calls: Call[], when: 'startedAt' | 'endedAt' = 'endedAt'): Map<string, number> {
  const times = new Map<string, number>()
  for (const call of calls) {
    if (call.status !== 200) continue
    for (const record of call.records) {
      const held = times.get(record)
      if (held === undefined || call[when] < held) times.set(record, call[when])
    }
  }
  return times
}

/** When the n-th webhook of a plan with a fixed pace was due to be sent; milliseconds since 1970. */
export function dueAt(plan: Plan, { startedAt }: LoadResult, index: number): number {
  if (plan.pace.kind !== 'open') throw new Error('What is sent as fast as it goes has no times.')
  return startedAt + (index * 1000) / plan.pace.perSecond
}

/** Of each order of a plan, how long after it was due to be sent the SaaS's answer to it was out, in milliseconds. */
export function waysOfOrders(calls: Call[], plan: Plan, result: LoadResult): number[] {
  const { news, store } = plan
  if (news.kind !== 'orders') throw new Error('The plan sends no orders.')
  const takenAt = firstTaken(calls)
  return Array.from({ length: result.acknowledged }, (_, index) => {
    const at = takenAt.get(recordKey(store, 'order', orderId(news.first + index)))
    if (at === undefined) throw new Error(`The SaaS never got order ${news.first + index}.`)
    return at - dueAt(plan, result, index)
  })
}
