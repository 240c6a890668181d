import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { createDatabaseClock } from './database-clock'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const HOUR_MS = 3_600_000

it.each([
  ['behind', -HOUR_MS],
  ['ahead', HOUR_MS],
])('a process whose machine is an hour %s goes by the time of the database', async (_case, off) => {
  const own = () => new Date(Date.now() + off)
  const { clock } = await createDatabaseClock(database.db, own)
  expect(Math.abs(clock().getTime() - Date.now())).toBeLessThan(HOUR_MS / 60)
})

it('follows a machine whose clock is set right', async () => {
  let off = HOUR_MS
  const { clock, adjust } = await createDatabaseClock(database.db, () => new Date(Date.now() + off))
  off = 0
  await adjust()
  expect(Math.abs(clock().getTime() - Date.now())).toBeLessThan(HOUR_MS / 60)
})
