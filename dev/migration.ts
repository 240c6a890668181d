import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { startPostgres } from './postgres'

/**
 * `npm run migration -- <name>`: writes the migration that brings the present ones to what prisma/*.prisma declares. Read it
 * before you commit it, and add what the schema cannot say, such as collations.
 *
 * (`prisma migrate dev` does the same with an engine of its own; over a driver adapter it finds its shadow database not empty.)
 */
const [name] = process.argv.slice(2)
if (!name || !/^\w+$/.test(name)) {
  console.error('Usage: npm run migration -- <name>, such as: npm run migration -- add_run_cursor')
  process.exit(1)
}

const postgres = await startPostgres({ settings: { fsync: 'off' } })
try {
  await postgres.createDatabase('parity')
  console.log(await write(difference(postgres.url('parity'))))
} finally {
  await postgres.stop()
}

/** The SQL between the migrations and the schema. Over an adapter it is the configured database that the migrations are tried on. */
function difference(scratchDatabase: string): string {
  const to = ['--from-migrations', 'prisma/migrations', '--to-schema-datamodel', 'prisma', '--script']
  const { status, stdout, stderr } = spawnSync('prisma', ['migrate', 'diff', ...to], {
    env: { ...process.env, DATABASE_URL: scratchDatabase },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`prisma migrate diff failed (${status}): ${stderr}`)
  return stdout
}

async function write(sql: string): Promise<string> {
  const isEmpty = sql.split('\n').every((line) => line.trim() === '' || line.startsWith('--'))
  if (isEmpty) return 'The migrations already make what the schema declares.'

  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = `prisma/migrations/${time}_${name}`
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/migration.sql`, sql)
  return `${folder}/migration.sql`
}
