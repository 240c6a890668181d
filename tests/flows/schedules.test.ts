import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../dev/until'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { startFlow } from '../support/flow'
import { runCommand } from '../support/run-command'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

/** What the command says: on standard output when it ends well, with its code when it does not. */
const say = (...names: string[]) =>
  runCommand('npm', ['run', '--silent', 'schedule', '--', ...names], { DATABASE_URL: test.url }).catch(
    (error: Error & { code: number; stderr: string }) => ({ code: error.code, words: error.stderr.trim() }),
  )
const schedules = () => test.db.query(`SELECT "name", "heldUntil" FROM "Schedule" ORDER BY "name"`)

it('a name of no schedule is refused with the list of those there are, and nothing is changed', async () => {
  const known = 'There are: sweep, alignment, counts, analysis, questions, retention, statistics.'
  expect(await say('retentoin')).toEqual({ code: 1, words: `There is no schedule "retentoin". ${known}` })
  expect(await say()).toEqual({ code: 1, words: `There is no schedule "". ${known}` })
  expect(await schedules()).toEqual([])
})

it('a schedule is run now, and says what it did', async () => {
  expect(await say('retention')).toBe(
    'Done: payloads 0, events 0, attempts 0, runs 0, statistics 0, views 0, receiverLogs 0, incidents 0.\n',
  )
  expect(await schedules()).toEqual([{ name: 'retention', heldUntil: null }])
})

it('a schedule that a process runs at this moment is refused', async () => {
  await test.db.query(
    `UPDATE "Schedule" SET "startedAt" = now(), "heldUntil" = now() + interval '20 seconds'`,
  )
  expect(await say('retention')).toEqual({
    code: 1,
    words: 'The schedule "retention" runs already, in this or another process.',
  })
})

it('a running app does what is due, counts no failure, and holds nothing when it has stopped', async () => {
  const { app, database, saas } = await startFlow()
  const stands = () =>
    database.db.query<{ name: string; isDone: boolean; heldUntil: Date | null }>(
      `SELECT "name", "doneAt" = "startedAt" AS "isDone", "heldUntil" FROM "Schedule" ORDER BY "name"`,
    )
  const names =
    'alerts alignment analysis catch-up counts deep-reconciliation incidents questions reconciliation removals retention runs statistics sweep tidying'
  const done = names.split(' ').map((name) => ({ name, isDone: true, heldUntil: null }))
  await until('each has ended well', async () => JSON.stringify(await stands()) === JSON.stringify(done))
  expect(await (await fetch(`${app.url}/metrics`)).text()).not.toContain('parity_schedule_failures_total{')
  await app.stop()
  expect((await stands()).every(({ heldUntil }) => heldUntil === null)).toBe(true)
  await Promise.all([saas.stop(), database.drop()])
})
