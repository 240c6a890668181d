import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../tests/support/database'
import { openDatabase, type Sql } from './db.server'

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

it('statements that are sent together run in their order, and share a transaction with what follows', async () => {
  const domains = await database.db.transaction(async (tx) => {
    const [, , rows] = await Promise.all([
      tx.query('CREATE TEMPORARY TABLE t (n int) ON COMMIT DROP'),
      tx.query('INSERT INTO t VALUES ($1)', [7]),
      tx.query<{ n: number }>('SELECT n FROM t WHERE n = $1', [7]),
    ])
    return rows
  })
  expect(domains).toEqual([{ n: 7 }])
})

it('of several statements that are under way the first that failed is the one that is told, and nothing is kept', async () => {
  const before = await count()
  const failed = database.db.transaction(async (tx) => {
    await Promise.all([insert(tx), tx.query('SELECT 1 / $1::int', [0]), insert(tx)])
  })
  await expect(failed).rejects.toMatchObject({ code: '22012' })
  expect(await count()).toBe(before)
})

it('a statement that travels with the COMMIT fails the transaction, and nothing is kept', async () => {
  const before = await count()
  const failed = database.db.transaction(async (tx) => {
    await insert(tx)
    tx.last(tx.query('SELECT 1 / $1::int', [0]))
    tx.last(insert(tx))
  })
  await expect(failed).rejects.toMatchObject({ code: '22012' })
  expect(await count()).toBe(before)
})

it('a statement that travels with the COMMIT is kept with the rest', async () => {
  const before = (await count())!
  await database.db.transaction(async (tx) => {
    await insert(tx)
    tx.last(insert(tx))
  })
  expect(await count()).toBe(before + 2)
})

it('a statement after the COMMIT is refused, and never stands alone', async () => {
  const before = (await count())!
  let kept: Sql | undefined
  await database.db.transaction((tx) => {
    kept = tx
    return insert(tx)
  })
  await expect(insert(kept!)).rejects.toThrow('after the COMMIT')
  expect(await count()).toBe(before + 1)
})

it('what is thrown while statements are under way rolls them back', async () => {
  const before = await count()
  const failed = database.db.transaction((tx) => {
    void insert(tx)
    throw new Error('meanwhile')
  })
  await expect(failed).rejects.toThrow('meanwhile')
  expect(await count()).toBe(before)
})

it('a connection can be used again after any of these, also by a statement that failed on it', async () => {
  const single = openDatabase(database.url, { connections: 1 })
  const divide = (tx: Sql, by: number) => tx.query<{ q: number }>('SELECT 6 / $1::int AS q', [by])
  try {
    for (const by of [0, 1, 0, 2]) {
      const answer = single.transaction((tx) => divide(tx, by))
      if (by === 0) await expect(answer).rejects.toMatchObject({ code: '22012' })
      else expect(await answer).toEqual([{ q: 6 / by }])
    }
    expect(await single.prisma.shop.count()).toBe(await count())
  } finally {
    await single.close()
  }
})

it('a connection that breaks fails every statement that is under way', async () => {
  const broken = database.db.transaction(async (tx) => {
    await Promise.all([
      tx.query('SELECT pg_terminate_backend(pg_backend_pid())'),
      insert(tx),
      tx.query('SELECT pg_sleep($1)', [0]),
    ])
  })
  await expect(broken).rejects.toThrow()
  expect(await count()).toEqual(expect.any(Number))
})
