import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrival, install, openStages, orderState, type Stages } from '../../tests/support/stages'
import { forgetPayloads } from './forget-payloads'

const DAY_MS = 86_400_000

let stages: Stages

beforeAll(async () => {
  stages = await openStages()
  await install(stages.db, 'tea.myshopify.com')
})
afterAll(() => stages.close())

it('the body of a webhook is forgotten when its time is over; the row stays and still knows its duplicates', async () => {
  const intake = stages.intake()
  const old = arrival('tea.myshopify.com', orderState('1', 1))
  await intake.accept(old)
  // More than one page of them.
  await stages.db.query(
    `INSERT INTO "WebhookEvent" ("id", "origin", "deliveryId", "platform", "store", "topic", "outcome", "payload", "payloadSize", "payloadExpiresAt", "receivedAt")
     SELECT gen_random_uuid(), 'o', n::text, 'shopify', 'old.myshopify.com', 't', 'ignored', '\\x01', 1, $1, $1 FROM generate_series(1, 2100) n`,
    [stages.clock.now],
  )
  stages.clock.tick(10 * DAY_MS)
  await intake.accept(arrival('tea.myshopify.com', orderState('2', 1)))
  await forgetPayloads(stages.db, stages.clock.now, new AbortController().signal)
  expect(await stages.db.prisma.webhookEvent.count({ where: { payload: { not: null } } })).toBe(2)

  stages.clock.tick(20 * DAY_MS)
  await forgetPayloads(stages.db, stages.clock.now, new AbortController().signal)
  const kept = await stages.db.prisma.webhookEvent.findMany({ where: { payload: { not: null } } })
  expect(kept.map(({ externalId }) => externalId)).toEqual(['2'])
  expect(await intake.accept(old)).toMatchObject({ outcome: 'duplicate' })
})
