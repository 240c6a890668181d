import { openDatabase } from '../app/db.server'
import { createReceiver } from '../app/receiver/receiver'

/** `npm run receiver:key -- <store>`: prints a new API key of the built-in receiver for a store. Needs DATABASE_URL. */
const [store] = process.argv.slice(2)
const url = process.env.DATABASE_URL
if (!store || !url) {
  console.error('Usage: DATABASE_URL=postgresql://… npm run receiver:key -- <store>')
  process.exit(1)
}

const db = openDatabase(url, { connections: 1 })
try {
  console.log(await createReceiver({ db }).issueKey(store))
} finally {
  await db.close()
}
