import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeRows, type ShopRows } from '../../tests/support/rows'
import { openStages, queuedJobs, type Stages } from '../../tests/support/stages'
import { beat, BEAT_MS } from './beat'
import { type Part } from './report-downtime'

const MINUTE_MS = 60_000

let stages: Stages
let shop: ShopRows
let shops = 0

beforeAll(async () => {
  stages = await openStages()
})
afterAll(() => stages.close())
beforeEach(async () => {
  stages.clock.now = new Date('2026-11-21T12:00:00.000Z')
  await stages.db.query(`TRUNCATE "Shop", "Pulse" CASCADE`)
  await stages.db.query(`DELETE FROM pgboss.job`)
  shop = await makeRows(stages.db).shop(`beat-${(shops += 1)}.myshopify.com`)
  await reach(stages.clock.now)
})

async function reach(lookedAt: Date | null) {
  await stages.db.query(`DELETE FROM "SourceReach"`)
  const sourceConnectionId = shop.source.id
  await stages.db.prisma.sourceReach.create({
    data: { sourceConnectionId, resource: 'order', reach: 'all', deniedFields: [], lookedAt },
  })
}

const serve = (...parts: Part[]) => beat(stages.db, stages.queue, parts, stages.clock.now)
const runs = () => stages.db.prisma.syncRun.findMany({ orderBy: { startedAt: 'asc' } })
const words = async () => (await runs()).map(({ detail }) => detail)

describe('while somebody is there', () => {
  it('nothing is said, of a first start either', async () => {
    expect(await serve('serving', 'working')).toEqual([])
    for (let n = 0; n < 8; n++) {
      stages.clock.tick(BEAT_MS)
      expect(await serve('serving')).toEqual([])
      expect(await serve('working')).toEqual([])
    }
    expect(await runs()).toEqual([])
  })

  it('nothing is said of one that was away, or that restarts within a minute', async () => {
    await serve('serving')
    stages.clock.tick(50_000)
    await serve('serving')
    stages.clock.tick(MINUTE_MS)
    expect(await serve('serving')).toEqual([])
  })

  it('a process whose clock is behind does not set the pulse back', async () => {
    await serve('serving')
    stages.clock.tick(-50_000)
    await serve('serving')
    stages.clock.tick(110_000)
    expect(await serve('serving')).toEqual([])
  })
})

describe('when nobody was there for more than a minute', () => {
  const since = new Date('2026-11-21T12:00:00.000Z')
  const until = new Date('2026-11-21T12:15:00.000Z')

  it.each<[Part[], string]>([
    [['serving'], 'not reachable'],
    [['working'], 'not at work'],
    [['serving', 'working'], 'not running'],
  ])(
    'to be %j, each store has a run that says so, and all of that time is looked through',
    async (parts, was) => {
      await serve(...parts)
      stages.clock.now = until
      expect(await serve(...parts)).toEqual([{ parts, since, until }])
      expect(await runs()).toMatchObject([
        {
          kind: 'reconciliation',
          state: 'finished',
          startedAt: since,
          endedAt: until,
          detail: `Parity was ${was} from 2026-11-21 12:00 UTC to 2026-11-21 12:15 UTC. What changed in the store meanwhile is looked for.`,
        },
      ])
      const span = `${since.toISOString()}/${until.toISOString()}`
      expect(await queuedJobs(stages.db)).toEqual([{ name: 'reconcile', key: `${shop.source.id}/${span}` }])
      expect(await serve(...parts)).toEqual([])
    },
  )

  it('several that begin together say it once', async () => {
    await serve('serving', 'working')
    stages.clock.now = until
    const told = await Promise.all([
      serve('serving', 'working'),
      serve('working', 'serving'),
      serve('serving'),
      serve('working'),
    ])
    expect(
      told
        .flat()
        .flatMap(({ parts }) => parts)
        .sort(),
    ).toEqual(['serving', 'working'])
  })

  it('a part that was there while the other was not is told of alone', async () => {
    await serve('serving', 'working')
    for (stages.clock.tick(BEAT_MS); stages.clock.now < until; stages.clock.tick(BEAT_MS))
      await serve('working')
    await serve('serving')
    expect(await words()).toEqual([
      expect.stringMatching(/^Parity was not reachable from 2026-11-21 12:00 UTC/),
    ])
  })

  it('a store that was never looked at is told, and left to its first look', async () => {
    await reach(null)
    await serve('serving')
    stages.clock.now = until
    await serve('serving')
    expect(await runs()).toHaveLength(1)
    expect(await queuedJobs(stages.db)).toEqual([])
  })

  it('a shop that has uninstalled the app is not told', async () => {
    await stages.db.query(`UPDATE "Shop" SET "uninstalledAt" = now()`)
    await serve('serving')
    stages.clock.now = until
    await serve('serving')
    expect(await runs()).toEqual([])
  })
})
