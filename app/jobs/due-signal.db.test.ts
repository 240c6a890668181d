import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { createTestDatabase, type TestDatabase } from '../../tests/support/database'
import { createLogger } from '~/logger.server'
import { type DueListener, listenForDue, notifyDue } from './due-signal.server'

let database: TestDatabase
const opened: DueListener[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((listener) => listener.close()))
})
afterAll(() => database.drop())

interface Ear {
  heard: string[]
  /** How often it began to listen. */
  begun: number
}

async function listen(): Promise<Ear> {
  const ear: Ear = { heard: [], begun: 0 }
  opened.push(
    await listenForDue({
      connectionString: database.url,
      logger: createLogger('silent'),
      onDue: (shopId) => ear.heard.push(shopId),
      onListening: () => ear.begun++,
    }),
  )
  return ear
}
const hears = (ear: Ear, shopId: string) => until('it is heard', () => ear.heard.includes(shopId))
const listeners = () =>
  database.db.query(
    `SELECT "pid" FROM pg_stat_activity WHERE "application_name" = 'parity-signals' AND "datname" = current_database()`,
  )

describe('a signal that something is due', () => {
  it('is heard by every worker, once a shop', async () => {
    const ears = await Promise.all([listen(), listen()])
    const [one, other] = [randomUUID(), randomUUID()]
    await notifyDue(database.db, [one, other, one])
    for (const ear of ears) {
      await until('both are heard', () => ear.heard.length >= 2)
      expect(ear.heard.sort()).toEqual([one, other].sort())
    }
  })

  it('is heard when, and only when, its transaction commits', async () => {
    const ear = await listen()
    const [lost, kept, before] = [randomUUID(), randomUUID(), randomUUID()]
    await database.db
      .transaction(async (tx) => {
        await notifyDue(tx, [lost])
        throw new Error('rolled back')
      })
      .catch(() => undefined)
    await database.db.transaction(async (tx) => {
      await notifyDue(tx, [kept])
      await notifyDue(database.db, [before])
      await hears(ear, before)
      expect(ear.heard).toEqual([before])
    })
    await hears(ear, kept)
    expect(ear.heard).toEqual([before, kept])
  })

  it('of no shop says nothing', async () => {
    const ear = await listen()
    await notifyDue(database.db, [])
    const next = randomUUID()
    await notifyDue(database.db, [next])
    await hears(ear, next)
    expect(ear.heard).toEqual([next])
  })

  it('that names no shop is not passed on, whoever sent it', async () => {
    const ear = await listen()
    const next = randomUUID()
    await notifyDue(database.db, ['tea.myshopify.com'])
    await database.db.query(`SELECT pg_notify('parity_due', '')`)
    await notifyDue(database.db, [next])
    await hears(ear, next)
    expect(ear.heard).toEqual([next])
  })

  it('is heard again when the connection broke, and who listens is told that it may have missed some', async () => {
    const ear = await listen()
    await database.db.query(
      `SELECT pg_terminate_backend("pid") FROM pg_stat_activity WHERE "application_name" = 'parity-signals' AND "datname" = current_database()`,
    )
    await until('it listens again', () => ear.begun === 2)
    const id = randomUUID()
    await notifyDue(database.db, [id])
    await hears(ear, id)
  })

  it('is heard again when the database has been away', async () => {
    const ear = await listen()
    await database.lock()
    await until('nobody listens', async () => {
      // The database lets nobody in: whoever tries has no connection.
      return (await database.db.query('SELECT 1').catch(() => 'away')) === 'away'
    })
    await database.unlock()
    await until('it listens again', () => ear.begun === 2)
    const id = randomUUID()
    await notifyDue(database.db, [id])
    await hears(ear, id)
  })

  it('is heard no more by who has closed its ear, whose connection is gone', async () => {
    const ear = await listen()
    await opened.splice(0)[0]!.close()
    expect(await listeners()).toEqual([])
    const other = await listen()
    const later = randomUUID()
    await notifyDue(database.db, [later])
    await hears(other, later)
    expect(ear).toEqual({ heard: [], begun: 1 })
  })
})
