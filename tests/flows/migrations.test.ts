import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCommand } from '../support/run-command'

/** Everything by which two schemas of a database can differ, but for collations and partial indexes: Prisma's schema cannot name them. */
const SHAPE: Record<string, string> = {
  columns: `SELECT table_name, column_name, udt_name, is_nullable, column_default, datetime_precision
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
            ORDER BY table_name, column_name`,
  indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
              AND indexdef NOT LIKE '% WHERE %' ORDER BY indexdef`,
  constraints: `SELECT conrelid::regclass::text AS table_name, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'c', 'u')
                  AND conrelid IS DISTINCT FROM to_regclass('public._prisma_migrations') ORDER BY 1, 2`,
}

describe('the migrations', () => {
  const migrated = `migrated_${randomUUID().replaceAll('-', '')}`
  const declared = `declared_${randomUUID().replaceAll('-', '')}`
  const url = (database: string) => inject('postgresUrl').replace('{database}', database)

  beforeAll(async () => {
    for (const name of [migrated, declared]) await query('postgres', `CREATE DATABASE "${name}"`)
    await runCommand('npm', ['run', '--silent', 'setup'], { DATABASE_URL: url(migrated) })
  })

  afterAll(async () => {
    for (const name of [migrated, declared])
      await query('postgres', `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  })

  it('make the very tables that prisma/*.prisma declares', async () => {
    const diff = ['migrate', 'diff', '--from-empty', '--to-schema-datamodel', 'prisma', '--script']
    await query(declared, await runCommand('node_modules/.bin/prisma', diff, { DATABASE_URL: url(declared) }))

    for (const [what, statement] of Object.entries(SHAPE)) {
      const [made, wanted] = [await query(migrated, statement), await query(declared, statement)]
      expect(made.length, what).toBeGreaterThan(0)
      expect(made, what).toEqual(wanted)
    }
  })

  it('keep versions of records in byte order, whatever the language of the database', async () => {
    const columns = await query(
      migrated,
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'SyncRecord' AND collation_name = 'C' ORDER BY 1`,
    )
    expect(columns.map(({ column_name: name }) => name)).toEqual(['desiredTriggeredAt', 'desiredUpdatedAt'])
  })

  it('can be run again by `npm run setup`, with nothing but DATABASE_URL, and lose nothing', async () => {
    await query(migrated, `INSERT INTO "Shop" ("id", "domain") VALUES (gen_random_uuid(), 'a.myshopify.com')`)

    const said = await runCommand('npm', ['run', '--silent', 'setup'], { DATABASE_URL: url(migrated) })

    expect(said).toContain('No pending migrations')
    expect(await query(migrated, 'SELECT "domain" FROM "Shop"')).toEqual([{ domain: 'a.myshopify.com' }])
    expect(await query(migrated, 'SELECT "name" FROM pgboss.queue')).toContainEqual({ name: 'describeShop' })
  })

  async function query(database: string, statement: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url(database) })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows
    } finally {
      await client.end()
    }
  }
})
