import { type Arrival } from '~/contracts/arrival'
import fc from 'fast-check'
import { happening } from './happening'
import { type Says } from './store'
import { type World } from './world'

/** A piece of news that is told when it happens. */
export interface Telling {
  record: string
  kind: 'state' | 'deletion' | 'hint' | 'timeless deletion'
  /** How much newer it is than the newest of its record, and how long after it the webhook was triggered, in seconds of the source's clock. */
  age: number
  triggered: number
  says: Exclude<Says, 'gone'>
}

const often = <Value>(weight: number, value: Value) => ({ weight, arbitrary: fc.constant(value) })

/** Few records, few contents, and times close together, so that news meets. */
export const record = fc.constantFrom('1', '2', '3')
export const place = fc.nat({ max: 1 })
export const telling: fc.Arbitrary<Telling> = fc.record({
  record,
  kind: fc.oneof(
    often(8, 'state' as const),
    often(2, 'deletion' as const),
    often(1, 'hint' as const),
    often(1, 'timeless deletion' as const),
  ),
  age: fc.constantFrom(1, 1, 1, 1, 0, 0, -1, -2),
  triggered: fc.constantFrom(0, 0, 1),
  says: fc.record({
    total: fc.constantFrom('1.00', '2.00', '3.00'),
    test: fc.oneof(often(6, false), often(1, true)),
  }),
})

/** How a telling is printed. */
export function wordsOf({ record, kind, age, triggered, says }: Telling): string {
  const content = kind === 'state' ? ` ${says.total}${says.test ? ' (test)' : ''}` : ''
  return `${kind}${content} of record ${record}, ${age >= 0 ? '+' : ''}${age} s${triggered ? ' and a bit' : ''}`
}

/** The webhook that brings it. From here on the model knows it. */
export function tell({ store, arrive, delivered }: World, telling: Telling): Arrival {
  const { record, kind, age, triggered, says } = telling
  const second = Math.max(1, store.newest(record) + age)
  const news = {
    state: () => store.tellState(record, second, second + triggered, says),
    deletion: () => store.tellDeletion(record, second),
    hint: () => store.tellHint(record, second),
    'timeless deletion': () => store.tellTimelessDeletion(record),
  }[kind]()
  const arrived = arrive(news)
  delivered.push(arrived)
  return arrived
}

export const news = fc.tuple(telling, place).map(([one, intake]) =>
  happening({
    words: `news: ${wordsOf(one)}`,
    async happen(world) {
      await world.accept(tell(world, one), intake)
    },
  }),
)

/** Several webhooks at once, at two intakes; one of them is redelivered while it is still on its way. What says no time depends on the order. */
const timely = telling.filter(({ kind }) => kind !== 'timeless deletion')
export const crowd = fc.array(timely, { minLength: 2, maxLength: 5 }).map((all) =>
  happening({
    words: `news at once: ${all.map(wordsOf).join('; ')}`,
    async happen(world) {
      const arrivals = all.map((one) => tell(world, one))
      await Promise.all([...arrivals, arrivals[0]!].map((arrived, place) => world.accept(arrived, place)))
    },
  }),
)

export const redelivery = fc.tuple(fc.nat({ max: 20 }), place).map(([index, intake]) =>
  happening({
    words: `webhook ${index} is delivered again`,
    isPossible: ({ delivered }) => delivered.length > index,
    async happen(world) {
      const { outcome } = await world.accept(world.delivered[index]!, intake)
      if (outcome !== 'duplicate') throw new Error(`A redelivery was ${outcome}.`)
    },
  }),
)
