import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrival, install, openStages, type Stages } from '../../tests/support/stages'
import { scriptStore } from '../../tests/support/store'
import { type News } from '~/contracts/news'
import { ParityError } from '~/lib/errors'
import { toSortable } from '~/lib/time'
import { composeRecord } from '~/records/compose-record'
import { openKnown } from '~/records/sealed-known'
import { readSource } from '~/shops/read-source'
import { askSource } from './ask-source'

const RUNS = Number(process.env.PARITY_MODEL_RUNS ?? 60)
const IDS = ['1', '2', '3']

let stages: Stages
beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())

const id = fc.constantFrom(...IDS)
const step = fc.oneof(
  /** The customer is edited: its webhook names neither tags nor totals, which may change with it. */
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), id, also: fc.boolean() }) },
  /** Only the tags change: a hint says so, and the update time stays. */
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tag' as const), id }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('deliver' as const), most: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), askers: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), isOn: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 90, 400, 1_100, 31_000),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

it('whatever changes while webhooks are late and the store is asked, all is known in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), fc.nat(), async (steps, seed) => {
      const world = await openWorld(seed)
      for (const each of steps) await world.play(each)
      await world.settle()
      for (const each of IDS) expect(await world.mirrored(each)).toEqual(world.truth(each))
    }),
    { numRuns: RUNS },
  )
}, 600_000)

async function openWorld(seed: number) {
  const { db, sealer, logger, clock } = stages
  clock.now = new Date('2026-11-21T12:00:00.250Z')
  const shop = `${randomUUID()}.myshopify.com`
  const store = scriptStore(() => clock.now)
  const intake = stages.intake()
  await install(db, shop)
  await intake.accept(arrival(shop, { kind: 'ignored', reason: 'The shop is set up.' }))
  const source = await db.prisma.sourceConnection.findFirstOrThrow({ where: { account: shop } })
  await db.prisma.sourceConnection.update({ where: { id: source.id }, data: { askable: ['customer'] } })

  const webhooks: News[] = []
  let changes = 0
  let isAway = false
  const inMs = () => toSortable(clock.now.toISOString())
  const inSeconds = () => toSortable(clock.now.toISOString().replace(/\.\d+/, ''))
  const { fetchRecords } = store
  store.fetchRecords = async (...asked) => {
    if (isAway) throw new ParityError('SHOPIFY_UNREACHABLE', { message: 'away', userMessage: 'Away.' })
    const { states, ...answer } = await fetchRecords(...asked)
    // The header `Date` counts whole seconds.
    const told = states.map((state) => ({
      ...state,
      version: { ...state.version, triggeredAt: inSeconds() },
    }))
    clock.tick(30)
    return { ...answer, states: told }
  }
  const stored = new Map<string, { updatedAt: string; state: string; tags: string[]; order_count: number }>()

  function edit(externalId: string, also: boolean): void {
    changes++
    clock.tick(1)
    const before = stored.get(externalId)
    const after = {
      updatedAt: inSeconds(),
      state: `state ${changes}`,
      tags: also || !before ? [`tag ${changes}`] : before.tags,
      order_count: also || !before ? changes : before.order_count,
    }
    keep(externalId, after)
    webhooks.push({
      kind: 'state',
      resource: 'customer',
      externalId,
      action: 'updated',
      version: { updatedAt: after.updatedAt, triggeredAt: inMs() },
      updatedAt: after.updatedAt,
      parts: { core: { state: after.state } },
    })
  }

  function tag(externalId: string): void {
    const before = stored.get(externalId)
    if (!before) return edit(externalId, true)
    changes++
    clock.tick(1)
    keep(externalId, { ...before, tags: [`tag ${changes}`] })
    webhooks.push({ kind: 'hint', resource: 'customer', externalId, parts: ['tags'], hintedAt: inMs() })
  }

  function keep(externalId: string, { updatedAt, state, tags, order_count }: ReturnType<typeof truth>): void {
    stored.set(externalId, { updatedAt, state, tags, order_count })
    const parts = {
      core: { state },
      tags: { tags },
      totals: { order_count },
      consent: { email_consent: null },
    }
    store.put({ resource: 'customer', externalId, updatedAt, parts })
  }

  function truth(externalId: string) {
    return stored.get(externalId)!
  }

  async function deliver(most: number): Promise<void> {
    for (let left = most; left > 0 && webhooks.length > 0; left--) {
      const [news] = webhooks.splice((seed + changes) % webhooks.length, 1)
      await intake.accept(arrival(shop, news!))
    }
  }

  async function ask(askers: number): Promise<void> {
    const options = { db, sealer, logger, clock: () => clock.now, readers: () => store }
    const signal = new AbortController().signal
    await Promise.all(Array.from({ length: askers }, () => askSource(source.id, options, signal)))
  }

  return {
    truth,
    async play(each: Step): Promise<void> {
      switch (each.kind) {
        case 'edit':
          return edit(each.id, each.also)
        case 'tag':
          return tag(each.id)
        case 'deliver':
          return deliver(each.most)
        case 'ask':
          return void (await Promise.all([ask(each.askers), deliver(1)]))
        case 'outage':
          return void (isAway = each.isOn)
        case 'wait':
          return clock.tick(each.ms)
      }
    },
    async settle(): Promise<void> {
      for (const each of IDS) if (!stored.has(each)) edit(each, true)
      isAway = false
      await deliver(Infinity)
      for (let turns = 0; turns < 20; turns++) {
        await ask(1)
        if ((await db.prisma.question.count({ where: { sourceConnectionId: source.id } })) === 0) return
        clock.tick(3_600_000)
      }
      throw new Error('There is always something more to be asked.')
    },
    async mirrored(externalId: string) {
      const context = (await readSource(db, source.id))!
      const row = await db.prisma.syncRecord.findFirstOrThrow({
        where: { sourceConnectionId: source.id, resource: 'customer', externalId },
      })
      const known = openKnown(row, 'full', sealer)
      const data = composeRecord({ ...context, resource: 'customer', externalId }, known)!.data
      expect(data).not.toHaveProperty('incomplete')
      const { updated_at: updatedAt, state, tags, order_count } = data
      return { updatedAt: toSortable(String(updatedAt)), state, tags, order_count }
    },
  }
}
