import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { type ReadableStream } from 'node:stream/web'
import pg from 'pg'
import { ReadingPlan, recordsOf } from '../reading/reading-plan'

/** As many as a page of the app has. */
const BATCH = 200

/**
 * The limit of a backfill: a loop that fetches the same files, parses each line as JSON, and writes one row for each record, its lines as they
 * came, in transactions of as many as the app's. Plans come from its parent, the results go back.
 */
process.on('message', (message) => {
  void loadAll(ReadingPlan.parse(message)).then((result) => process.send?.(result))
})
process.once('SIGTERM', () => process.exit(0))

async function loadAll(plan: ReadingPlan): Promise<{ records: number; seconds: number }> {
  const client = new pg.Client({ connectionString: plan.databaseUrl })
  await client.connect()
  await client.query('CREATE TABLE bare (id text PRIMARY KEY, lines text NOT NULL)')
  const startedAt = performance.now()
  for (const { url } of plan.exports) await load(client, url)
  const seconds = (performance.now() - startedAt) / 1000
  await client.end()
  return { records: recordsOf(plan), seconds }
}

async function load(client: pg.Client, url: string): Promise<void> {
  const { body } = await fetch(url)
  let batch = new Map<string, string>()
  for await (const line of createInterface({ input: Readable.fromWeb(body as ReadableStream) })) {
    const { id, __parentId: parent } = JSON.parse(line) as { id: string; __parentId?: string }
    if (parent !== undefined) batch.set(parent, `${batch.get(parent) ?? ''}\n${line}`)
    else {
      if (batch.size === BATCH) {
        await write(client, batch)
        batch = new Map()
      }
      batch.set(id, line)
    }
  }
  await write(client, batch)
}

async function write(client: pg.Client, batch: Map<string, string>): Promise<void> {
  await client.query('INSERT INTO bare SELECT * FROM unnest($1::text[], $2::text[])', [
    [...batch.keys()],
    [...batch.values()],
  ])
}
