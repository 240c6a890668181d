import { createDatabaseClock } from '../app/boot/database-clock'
import { schedulesOf } from '../app/boot/schedules'
import { openDatabase } from '../app/db.server'
import { runScheduleNow } from '../app/jobs/run-schedule'
import { ParityError } from '../app/lib/errors'

/**
 * `npm run schedule -- <name>`: runs a schedule once, now, whatever its time, unless a process runs it already. Needs DATABASE_URL and
 * nothing else. Ctrl-C ends it at its next good place.
 */
const [name = ''] = process.argv.slice(2)
const url = process.env.DATABASE_URL
if (!url) {
  console.error('DATABASE_URL is missing: set it to the PostgreSQL database that Parity uses.')
  process.exit(1)
}

const db = openDatabase(url, { connections: 2 })
const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
process.once('SIGTERM', () => stopping.abort())
try {
  const { clock } = await createDatabaseClock(db)
  const done = await runScheduleNow(name, schedulesOf(db), { db, clock, signal: stopping.signal })
  const counts = Object.entries(done).map(([what, count]) => `${what} ${count}`)
  console.log(`${stopping.signal.aborted ? 'Ended early' : 'Done'}: ${counts.join(', ')}.`)
} catch (error) {
  if (!(error instanceof ParityError)) throw error
  console.error(error.userMessage)
  process.exitCode = 1
} finally {
  await db.close()
}
