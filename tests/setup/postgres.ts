import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type TestProject } from 'vitest/node'
import { startPostgres } from '../../dev/postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test server's databases are, with `{database}` in the place of a name. */
    postgresUrl: string
    /** The database that has every table and no row; the others are made from it. */
    templateDatabase: string
  }
}

const TEMPLATE = 'parity_template'

/** Starts one PostgreSQL for the run and sets a template database up, as `npm run setup` does in production. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ settings: { fsync: 'off', synchronous_commit: 'off' } })
  await postgres.createDatabase(TEMPLATE)
  await promisify(execFile)('npm', ['run', '--silent', 'setup'], {
    env: { ...process.env, DATABASE_URL: postgres.url(TEMPLATE) },
  })
  project.provide('postgresUrl', postgres.url('{database}'))
  project.provide('templateDatabase', TEMPLATE)

  return () => postgres.stop()
}
