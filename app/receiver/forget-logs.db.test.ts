import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { DAY_MS } from '~/lib/time'
import { forgetLogs, LOG_DAYS } from './forget-logs'

const NOW = new Date('2026-11-21T12:00:00Z')
const STORES = ['00000001-0000-7000-8000-000000000000', '00000002-0000-7000-8000-000000000000']

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

it("the log forgets every tenant's calls of more than thirty days ago, slice by slice", async () => {
  for (const id of STORES) {
    await test.db.query(`INSERT INTO "MirrorStore" ("id", "name") VALUES ($1, $2)`, [id, id])
    await log(id, 1_300, LOG_DAYS + 1)
    await log(id, 4, LOG_DAYS - 1)
  }
  const { signal } = new AbortController()
  expect(await forgetLogs(test.db, NOW, AbortSignal.abort())).toBe(0)
  expect(await forgetLogs(test.db, NOW, signal)).toBe(2_600)
  expect(await test.db.prisma.mirrorSyncLog.count()).toBe(8)
  expect(await forgetLogs(test.db, NOW, signal)).toBe(0)
})

async function log(storeId: string, count: number, daysAgo: number): Promise<void> {
  await test.db.query(
    `INSERT INTO "MirrorSyncLog" ("id", "storeId", "syncType", "status", "startedAt")
     SELECT gen_random_uuid(), $1, 'orders', 'completed', $2 FROM generate_series(1, ${count})`,
    [storeId, new Date(NOW.getTime() - daysAgo * DAY_MS)],
  )
}
