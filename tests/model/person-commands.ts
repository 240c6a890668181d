import fc from 'fast-check'
import { isDismissalReason } from '~/records/dismissal'
import { dismissRecords } from '~/records/dismiss-records'
import { replayDead } from '~/records/replay-dead'
import { replayRecords } from '~/records/replay-records'
import { readHold } from '~/shops/read-hold'
import { type Reconnection } from './connection'
import { happening } from './happening'
import { type RowImage } from './journal'
import { record } from './news-commands'
import { type World } from './world'

export const pause = fc.constantFrom(true, false, false).map((isPaused) =>
  happening({
    words: `a person ${isPaused ? 'pauses' : 'resumes'} the connection`,
    happen: ({ connection }) => connection.pause(isPaused),
  }),
)

/** A new generation, which every record is to be brought to; at once, or when a run comes by. */
const change = fc.constantFrom<Reconnection>('address', 'policy', 'selection', 'orders')
export const reconnection = fc.tuple(change, fc.boolean()).map(([what, isAtOnce]) =>
  happening({
    words: `the connection gets another ${what}${isAtOnce ? ', and every record is evaluated anew' : ''}`,
    async happen({ connection }) {
      await connection.change(what)
      if (isAtOnce) await connection.reEvaluate()
    },
  }),
)

/** Orders are not mirrored, and what was sent of them is removed; at once, or when a run comes by. */
export const removal = fc.boolean().map((isAtOnce) =>
  happening({
    words: `a person has all orders removed${isAtOnce ? ', and every record is looked at' : ''}`,
    async happen({ connection, store }) {
      if (await connection.hasOpenRemoval()) return
      if (store.mirrorsOrders) await connection.change('orders')
      await connection.remove()
      if (isAtOnce) await connection.reEvaluate()
    },
  }),
)

export const cancelledRemoval = fc.constant(
  happening({
    words: 'a person cancels the removal',
    async happen({ connection }) {
      if (await connection.hasOpenRemoval()) await connection.cancelRemoval()
    },
  }),
)

export const reEvaluation = fc.constant(
  happening({
    words: 'every record is evaluated anew',
    isPossible: ({ connection }) => !connection.isReEvaluated,
    happen: ({ connection }) => connection.reEvaluate(),
  }),
)

export const replay = record.map((record) =>
  happening({
    words: `a person sends record ${record} again`,
    isPossible: ({ rows }) => rows.has(record),
    async happen(world) {
      const { rows, dismissed, replayed, stages, clock } = world
      const { id, state, reason, desiredHash, revision, dueAt } = rows.get(record)!
      const shop = await shopOf(world)
      const { sent } = await stages.db.transaction((tx) => replayRecords(tx, shop, [id], clock()))
      // At another place a dismissal is over, and the record may be left out for another reason.
      const isDismissed = dismissed.has(record) && isDismissalReason(reason ?? '')
      const isExcluded = state === 'excluded' && !isDismissed
      const isUnderWay = state === 'delivering' && dueAt !== null && new Date(dueAt) > clock()
      const maySend = desiredHash !== null && !isUnderWay && !isExcluded
      if (sent.includes(id) !== maySend)
        throw new Error(`Record ${record} was ${state}, and sent: ${!maySend}.`)
      if (!maySend) return
      dismissed.delete(record)
      replayed.set(record, revision + 1)
    },
  }),
)

export const replayOfDead = fc.constant(
  happening({
    words: 'a person sends everything again that is dead',
    isPossible: (world) => deadOf(world).length > 0,
    async happen(world) {
      const { stages, clock } = world
      const dead = { since: new Date(0), until: clock(), resource: null, cause: null }
      const { sent } = await replayDead(stages.db, await shopOf(world), dead, clock)
      const count = deadOf(world).length
      if (sent !== count) throw new Error(`${count} records were dead, and ${sent} were sent again.`)
    },
  }),
)

export const dismissal = fc.nat({ max: 2 }).map((index) =>
  happening({
    words: `a person dismisses a dead record (${index})`,
    isPossible: (world) => deadOf(world).length > 0,
    async happen(world) {
      const { dismissed, stages, shopId, clock } = world
      const dead = deadOf(world)
      const { id, externalId, desiredHash } = dead[index % dead.length]!
      await stages.db.transaction((tx) => dismissRecords(tx, shopId, [id], 'Nobody needs it.', clock()))
      dismissed.set(externalId, { hash: desiredHash, mayBeSent: false })
    },
  }),
)

function deadOf({ rows }: World): RowImage[] {
  return [...rows.values()].filter(({ state }) => state === 'dead')
}

async function shopOf({ stages, shopId }: World): Promise<{ shopId: string; heldBecause: string | null }> {
  return { shopId, heldBecause: await readHold(stages.db, shopId) }
}
