import fc from 'fast-check'
import { alignConnection } from '~/delivery/align-connection'
import { sweep } from '~/delivery/sweep'
import { LEASE_MS } from '~/records/claim-records'
import { pauseConnection, resumeConnection } from '~/shops/pause-connection'
import { type AnswerName, ANSWERS } from './answers'
import { type Worker } from './worker'
import { type Reconnection, type World } from './world'

/** One thing that happens to a world. The world is both the model (its store) and what is real. */
type Command = fc.AsyncCommand<World, World>

/** What a command does; what it says of it is printed when a run fails. */
interface Happening {
  words: string
  /** Whether it can happen now. */
  isPossible?(world: World): boolean
  /** @returns the worker that acted, if one did */
  happen(world: World): Promise<Worker | null>
}

function command({ words, isPossible = () => true, happen }: Happening): Command {
  return {
    check: isPossible,
    toString: () => words,
    async run(_model, world) {
      await world.check(await happen(world))
    },
  }
}

const record = fc.constantFrom('1', '2', '3')
const place = fc.nat({ max: 1 })
const says = fc.record({
  total: fc.constantFrom('1.00', '2.00', '3.00'),
  test: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

/** A piece of news, told when it happens: `age` is how much newer than the newest it is, in seconds of the source's clock. */
const told = fc
  .record({
    record,
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('state' as const) },
      { weight: 2, arbitrary: fc.constant('deletion' as const) },
      { weight: 1, arbitrary: fc.constant('hint' as const) },
      { weight: 1, arbitrary: fc.constant('timeless deletion' as const) },
    ),
    age: fc.constantFrom(1, 1, 1, 1, 0, 0, -1, -2),
    triggered: fc.constantFrom(0, 0, 1),
    says,
  })
  .map((news) => ({
    ...news,
    words: `${news.kind} of ${news.record} at ${news.age}+${news.triggered}${news.kind === 'state' ? ` ${JSON.stringify(news.says)}` : ''}`,
  }))
type ToldNews = typeof told extends fc.Arbitrary<infer News> ? News : never

function tell({ store, arrivalOf, delivered }: World, news: ToldNews) {
  const updated = Math.max(1, store.newest(news.record) + news.age)
  const arrived = arrivalOf(
    {
      state: () => store.tellState(news.record, updated, updated + news.triggered, news.says),
      deletion: () => store.tellDeletion(news.record, updated),
      hint: () => store.tellHint(news.record, updated),
      'timeless deletion': () => store.tellTimelessDeletion(news.record),
    }[news.kind](),
  )
  delivered.push(arrived)
  return arrived
}

const news = fc.tuple(told, place).map(([one, intake]) =>
  command({
    words: `news: ${one.words}`,
    async happen(world) {
      await world.accept(tell(world, one), intake)
      return null
    },
  }),
)

/** Several webhooks at once, at two intakes, one of them redelivered while it is still on its way. */
const crowd = fc
  .array(
    told.filter(({ kind }) => kind !== 'timeless deletion'),
    { minLength: 2, maxLength: 5 },
  )
  .map((all) =>
    command({
      words: `at once: ${all.map(({ words }) => words).join(', ')}`,
      async happen(world) {
        const arrivals = all.map((one) => tell(world, one))
        await Promise.all([...arrivals, arrivals[0]!].map((arrived, n) => world.accept(arrived, n)))
        return null
      },
    }),
  )

const duplicate = fc.tuple(fc.nat({ max: 20 }), place).map(([index, intake]) =>
  command({
    words: `redelivered: number ${index}`,
    isPossible: ({ delivered }) => delivered.length > index,
    async happen(world) {
      const { outcome } = await world.accept(world.delivered[index]!, intake)
      if (outcome !== 'duplicate') throw new Error(`A redelivery was ${outcome}.`)
      return null
    },
  }),
)

const go = fc
  .record({ place, statements: fc.constantFrom(1, 2, 3, 99, 99, 99), records: fc.constantFrom(1, 3) })
  .map(({ place, statements, records }) =>
    command({
      words: `worker ${place} goes on by ${statements} statements, with ${records} records`,
      async happen({ workers }) {
        const worker = workers[place]!
        await worker.go(statements, records)
        return worker
      },
    }),
  )

/** News is committed while a worker's statement runs: which is first is the database's choice. */
const race = fc.tuple(told, place).map(([one, place]) =>
  command({
    words: `worker ${place} goes on during news: ${one.words}`,
    async happen(world) {
      const worker = world.workers[place]!
      await Promise.all([worker.go(1, 3), world.accept(tell(world, one), place)])
      return worker
    },
  }),
)

const answer = fc
  .tuple(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant<AnswerName>('takes') },
      { weight: 2, arbitrary: fc.constantFrom(...(Object.keys(ANSWERS) as AnswerName[])) },
    ),
    fc.nat({ max: 3 }),
  )
  .map(([name, index]) =>
    command({
      words: `the SaaS, of call ${index}: ${name}`,
      isPossible: ({ saas }) => saas.pending.length > 0,
      async happen({ saas, workers }) {
        const call = saas.pending[index % saas.pending.length]!
        saas.answer(call, ANSWERS[name])
        const worker = workers.find((one) => one.name === call.worker)
        await worker?.hear()
        return worker ?? null
      },
    }),
  )

const takeLate = fc.nat({ max: 3 }).map((index) =>
  command({
    words: `the SaaS takes a call whose caller is gone: ${index}`,
    isPossible: ({ saas }) => saas.late.length > 0,
    happen({ saas }) {
      saas.takeLate(index)
      return Promise.resolve(null)
    },
  }),
)

const crash = place.map((place) =>
  command({
    words: `worker ${place} dies`,
    happen(world) {
      world.crash(place)
      return Promise.resolve(null)
    },
  }),
)

const tick = fc.constantFrom(1, 5_000, 8_000, LEASE_MS - 1, LEASE_MS, 60_000, 3_600_000).map((ms) =>
  command({
    words: `${ms} ms pass`,
    happen(world) {
      world.tick(ms)
      return Promise.resolve(null)
    },
  }),
)

/** Everything that is due and may go is seen by the sweep, and nothing else. */
const look = fc.constant(
  command({
    words: 'the sweep looks',
    async happen({ stages, isDue, now, rows, connection }) {
      await sweep(stages.db, now())
      const due = [...rows.values()].some(({ dueAt }) => dueAt !== null && new Date(dueAt) <= now())
      const found = await isDue()
      if (found && !due) throw new Error('The sweep found something, and nothing is due.')
      if (found && connection.isPaused) throw new Error('The sweep found something in a paused connection.')
      return null
    },
  }),
)

const align = fc.constant(
  command({
    words: 'records are aligned with the gate',
    async happen({ stages, shopId, now }) {
      await alignConnection(stages.db, shopId, now())
      return null
    },
  }),
)

const pause = fc.boolean().map((isPaused) =>
  command({
    words: isPaused ? 'a person pauses the connection' : 'a person resumes the connection',
    async happen({ stages: { db, queue }, shopId, now, connection }) {
      const change = isPaused ? pauseConnection : resumeConnection
      await db.transaction((tx) => change(tx, shopId, queue, now()))
      connection.isPaused = isPaused
      return null
    },
  }),
)

/** Another address, policy or selection: a new generation, which every record is to be brought to. */
const reconnect = fc.constantFrom<Reconnection>('address', 'policy', 'selection').map((what) =>
  command({
    words: `the connection has another ${what}`,
    async happen(world) {
      await world.reconnect(what)
      return null
    },
  }),
)

const reEvaluate = fc.constant(
  command({
    words: 'every record is evaluated anew',
    async happen(world) {
      await world.reEvaluate()
      return null
    },
  }),
)

/** All that can happen, each as often as it is interesting. */
export const commands = fc.commands(
  [
    news,
    news,
    news,
    crowd,
    duplicate,
    go,
    go,
    go,
    go,
    race,
    answer,
    answer,
    answer,
    takeLate,
    crash,
    tick,
    tick,
    look,
    align,
    pause,
    reconnect,
    reEvaluate,
  ],
  { maxCommands: 40, size: 'max' },
)
