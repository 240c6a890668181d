import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../tests/support/database'
import { type Sql } from './db.server'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const count = async (sql: Sql = database.db) =>
  (await sql.query<{ count: number }>('SELECT count(*)::int AS count FROM "Shop"'))[0]?.count
const insert = (sql: Sql) =>
  sql.query(`INSERT INTO "Shop" ("id", "domain") VALUES (gen_random_uuid(), gen_random_uuid()::text)`)

it('a transaction is there as a whole or not at all', async () => {
  await database.db.transaction(insert)
  const failed = database.db.transaction(async (tx) => {
    await insert(tx)
    expect(await count(tx)).toBe(2)
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await count()).toBe(1)
})

it('a connection that breaks while a transaction holds it fails the transaction, and nothing else', async () => {
  const broken = database.db.transaction(async (tx) => {
    await insert(tx)
    const [{ pid }] = (await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')) as [{ pid: number }]
    await database.db.query('SELECT pg_terminate_backend($1)', [pid])
    // No statement is under way when the connection ends.
    await new Promise((resolve) => setTimeout(resolve, 200))
    await insert(tx)
  })
  await expect(broken).rejects.toThrow()
  expect(await count()).toBe(1)
})
