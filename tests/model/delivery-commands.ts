import fc from 'fast-check'
import { alignConnection } from '~/delivery/align-connection'
import { alignMisplaced } from '~/delivery/align-misplaced'
import { sweep } from '~/delivery/sweep'
import { LEASE_MS } from '~/records/claim-records'
import { type AnswerName, ANSWERS } from './answers'
import { happening } from './happening'
import { type RowImage } from './journal'
import { place, tell, telling, wordsOf } from './news-commands'
import { ALL } from './worker'

export const step = fc
  .record({ place, statements: fc.constantFrom(1, 2, 3, ALL, ALL, ALL), records: fc.constantFrom(1, 3) })
  .map(({ place, statements, records }) =>
    happening({
      words: `worker ${place} goes on, by ${statements === ALL ? 'all' : statements} statements, with up to ${records} records`,
      async happen({ workers }) {
        const worker = workers[place]!
        await worker.go(statements, records)
        return worker
      },
    }),
  )

/** News is committed while a worker's statement runs: which is first is the database's choice. */
export const race = fc.tuple(telling, place).map(([one, place]) =>
  happening({
    words: `worker ${place} goes on by 1 statement during news: ${wordsOf(one)}`,
    async happen(world) {
      const worker = world.workers[place]!
      await Promise.all([worker.go(1, 3), world.accept(tell(world, one), place)])
      return worker
    },
  }),
)

const answers = Object.keys(ANSWERS) as AnswerName[]
const answerName = fc.oneof(
  { weight: 1, arbitrary: fc.constant<AnswerName>('takes') },
  { weight: 2, arbitrary: fc.constantFrom(...answers) },
)
export const answer = fc.tuple(answerName, fc.nat({ max: 3 })).map(([name, index]) =>
  happening({
    words: `the SaaS ${name} (call ${index})`,
    isPossible: ({ saas }) => saas.pending.length > 0,
    async happen({ saas, workers }) {
      const call = saas.pending[index % saas.pending.length]!
      saas.answer(call, ANSWERS[name])
      await workers.find((one) => one.name === call.worker)?.hear()
    },
  }),
)

/** One record, from the claim to the settlement, with nothing in between. */
export const round = fc.tuple(place, answerName).map(([place, name]) =>
  happening({
    words: `worker ${place} delivers what it can, and the SaaS ${name}`,
    async happen({ saas, workers, check }) {
      const worker = workers[place]!
      await worker.go(ALL, 1)
      await check(worker)
      for (const call of saas.pending.filter((one) => one.worker === worker.name))
        saas.answer(call, ANSWERS[name])
      await worker.hear()
      await worker.go(ALL, 1)
      return worker
    },
  }),
)

export const lateTaking = fc.nat({ max: 3 }).map((index) =>
  happening({
    words: `the SaaS takes a call whose caller is gone (${index})`,
    isPossible: ({ saas }) => saas.late.length > 0,
    happen({ saas }) {
      saas.takeLate(index)
      return Promise.resolve()
    },
  }),
)

export const crash = place.map((place) =>
  happening({
    words: `worker ${place} dies`,
    isPossible: ({ workers }) => workers[place]!.isBusy(),
    happen(world) {
      world.crash(place)
      return Promise.resolve()
    },
  }),
)

export const tick = fc.constantFrom(1, 5_000, 8_000, LEASE_MS - 1, LEASE_MS, 60_000, 3_600_000).map((ms) =>
  happening({
    words: `${ms} ms pass`,
    happen(world) {
      world.tick(ms)
      return Promise.resolve()
    },
  }),
)

/** What is due and may go is signalled, and nothing else is. */
export const sweeping = fc.constant(
  happening({
    words: 'the sweep looks',
    async happen({ stages, isDue, clock, rows, connection }) {
      await sweep(stages.db, clock())
      const hasDue = [...rows.values()].some(({ dueAt }) => dueAt !== null && new Date(dueAt) <= clock())
      const mayGo = hasDue && !connection.isPaused
      if ((await isDue()) && !mayGo)
        throw new Error('The sweep found something that is not due, or may not go.')
    },
  }),
)

/** What the schedule does, unasked. Afterwards every record stands where the connection is. */
export const misplaced = fc.constant(
  happening({
    words: 'records that do not stand where their connection is are looked for',
    async happen({ stages, clock, rows, check, connection }) {
      await alignMisplaced(stages.db, clock())
      await check(null)
      const isWrong = ({ state, dueAt }: RowImage) =>
        (state === 'waiting' && dueAt !== null && connection.isPaused) ||
        (state === 'delivering' && new Date(dueAt!) <= clock())
      const wrong = [...rows.values()].filter(isWrong)
      if (wrong.length > 0) throw new Error(`These were left: ${JSON.stringify(wrong)}`)
    },
  }),
)

export const aligning = fc.constant(
  happening({
    words: 'records are made to stand where their connection is',
    async happen({ stages, shopId, clock }) {
      await alignConnection(stages.db, shopId, clock())
    },
  }),
)
