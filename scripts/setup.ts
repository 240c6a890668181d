import { execFileSync } from 'node:child_process'
import { setUpQueues } from '../app/jobs/queue.server'

/** `npm run setup`: migrates the database and makes the queues. Needs DATABASE_URL and nothing else; can run again at any time. */
const url = process.env.DATABASE_URL
if (!url) {
  console.error('DATABASE_URL is missing: set it to the PostgreSQL database that Parity should use.')
  process.exit(1)
}

execFileSync('prisma', ['migrate', 'deploy'], { stdio: 'inherit' })
await setUpQueues(url)
console.log('The database and the queues are ready.')
