import { spawnSync } from 'node:child_process'
import { startPostgres } from './postgres'

/**
 * `npm run migration -- <name>`: writes a migration that brings the present migrations to what prisma/*.prisma declares, on a
 * PostgreSQL of its own. Read it before you commit it, and add what the schema cannot say, such as collations.
 */
const [name] = process.argv.slice(2)
if (!name) {
  console.error('Usage: npm run migration -- <name>, such as: npm run migration -- add_run_cursor')
  process.exit(1)
}

const postgres = await startPostgres({ settings: { fsync: 'off' } })
try {
  await postgres.createDatabase('parity')
  const { status } = spawnSync(
    'prisma',
    ['migrate', 'dev', '--create-only', '--skip-generate', '--name', name],
    {
      env: { ...process.env, DATABASE_URL: postgres.url('parity') },
      stdio: 'inherit',
    },
  )
  process.exitCode = status ?? 1
} finally {
  await postgres.stop()
}
