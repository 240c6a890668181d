import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { until } from '../../dev/until'
import {
  arrival,
  install,
  openStages,
  orderState,
  queuedJobs,
  recordId,
  type Stages,
} from '../../tests/support/stages'
import { claimRecord, LEASE_MS } from '~/records/claim-record'
import { sweep } from './sweep'

const SHOP = 'tea.myshopify.com'

let stages: Stages
let id: string

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, SHOP)
})
afterAll(() => stages.close())

beforeEach(async () => {
  await stages.db.query(`TRUNCATE "SyncRecord" CASCADE`)
  await stages.intake().accept(arrival(SHOP, orderState('1', 1)))
  await stages.db.query(`DELETE FROM pgboss.job`)
  id = await recordId(stages.db, SHOP, 'order', '1')
})

const run = () => sweep(stages.db, stages.queue, stages.clock.now)

it('a record that is due and has lost its job gets another', async () => {
  expect(await run()).toBe(1)
  expect(await queuedJobs(stages.db)).toEqual([{ name: 'deliver', key: id }])
})

it('a record whose lease is alive is left alone, and one whose lease ran out is found', async () => {
  await claimRecord(stages.db, id, '00000000-0000-7000-8000-000000000000', stages.clock.now)
  expect(await run()).toBe(0)
  stages.clock.tick(LEASE_MS)
  expect(await run()).toBe(1)
})

it('a record that is due has one job, however often it is swept', async () => {
  await run()
  await run()
  expect(await queuedJobs(stages.db)).toHaveLength(1)
})

it('of several sweeps at once one works', async () => {
  let release: (() => void) | undefined
  const slow = { ...stages.queue, send: () => new Promise<void>((resolve) => (release = resolve)) }
  const first = sweep(stages.db, slow, stages.clock.now)
  const finish = await until('the first is at work', () => release)
  expect(await Promise.all([run(), run()])).toEqual([0, 0])
  finish()
  expect(await first).toBe(1)
  expect(await run()).toBe(1)
})
