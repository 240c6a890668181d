import { execFile } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres } from '../dev/postgres'
import { type Arrival } from '../app/contracts/arrival'
import { Envelope } from '../app/contracts/shared-schema'
import { openDatabase, type Database } from '../app/db.server'
import { createIntake, type Intake } from '../app/intake/intake.server'
import { openQueue } from '../app/jobs/queue.server'
import { createSealer, type Sealer } from '../app/lib/sealing'
import { systemClock } from '../app/lib/time'
import { createLogger } from '../app/logger.server'
import { readDesired } from '../app/records/read-desired'
import { RECORD_COLUMNS, type RecordRow } from '../app/records/record-row'
import { readSource } from '../app/shops/read-source'
import { createShopifyReceiver, type ShopifyReceiver } from '../app/sources/shopify/receive-webhook'
import { SHOPIFY_TOPICS } from '../app/sources/shopify/topics'

/**
 * `npm run test:corpus -- DIR`: runs every payload of a folder through verification, mapping and intake, and prints a line for
 * each. `<topic>--<source>.json` holds a body, with `/` in the topic written `_`; `*.headers.json` beside it the headers that it
 * came with. Each payload gets a shop of its own, so that none is older than another.
 */
const SECRET = 'corpus-secret'

const folder = process.argv[2]
if (!folder) {
  console.error('Which folder? npm run test:corpus -- ../shared/corpus/shopify')
  process.exit(1)
}

interface Stage {
  db: Database
  intake: Intake
  receive: ShopifyReceiver
  sealer: Sealer
}

const files = (await readdir(folder))
  .filter((name) => name.endsWith('.json') && !name.endsWith('.headers.json'))
  .sort()
const failed = await onStage(async (stage) => {
  let failures = 0
  for (const [index, name] of files.entries()) {
    const problem = await run(stage, join(folder, name), `corpus-${index}.myshopify.com`)
    if (problem) failures += 1
  }
  return failures
})
console.log(`${files.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 && files.length > 0 ? 0 : 1)

/** One payload; returns what is wrong with it, or null. */
async function run(stage: Stage, path: string, store: string): Promise<string | null> {
  const body = await readFile(path)
  const topic = await topicOfFile(path)
  await stage.db.query(
    `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope) VALUES ($1, $2, '', false, 'x', '')`,
    [`offline_${store}`, store],
  )

  const verdict = stage.receive({ headers: headersFor(topic, store, body), body })
  if (verdict.kind === 'refused') return tell(path, topic, `refused: ${verdict.code}`, true)
  const { outcome } = await stage.intake.accept(verdict.arrival)
  const fault = outcome === 'unmapped' ? reasonOf(verdict.arrival) : await faultOfRecord(stage, store)
  return tell(
    path,
    topic,
    [outcome, ...verdict.arrival.news.map(describe), ...(fault ? [fault] : [])].join(' · '),
    fault !== null,
  )
}

function tell(path: string, topic: string, line: string, isFault: boolean): string | null {
  console.log(`${isFault ? 'FAIL' : 'ok  '} ${basename(path, '.json')} (${topic}): ${line}`)
  return isFault ? line : null
}

function describe(news: Arrival['news'][number]): string {
  switch (news.kind) {
    case 'state':
      return `${news.resource} ${news.externalId} [${Object.keys(news.parts).join(', ')}] as of ${news.updatedAt ?? 'no time'}`
    case 'deletion':
      return `${news.resource} ${news.externalId} deleted`
    case 'hint':
      return `${news.resource} ${news.externalId ?? '?'} may have changed: ${news.parts.join(', ')}`
    case 'ignored':
    case 'unmapped':
      return news.reason
    case 'compliance':
    case 'uninstalled':
    case 'shop':
    case 'scopes':
    case 'run_finished':
      return news.kind
  }
}

function reasonOf({ news }: Arrival): string {
  return news.map((item) => (item.kind === 'unmapped' ? item.reason : item.kind)).join('; ')
}

/** Whether what would be sent is not the shared schema; null when it is, or when nothing would be. */
async function faultOfRecord({ db, sealer }: Stage, store: string): Promise<string | null> {
  const rows = await db.query<RecordRow & { [column: string]: unknown }>(
    `SELECT ${RECORD_COLUMNS} FROM "SyncRecord" r JOIN "SourceConnection" o ON o."id" = r."sourceConnectionId"
     WHERE o."account" = $1 AND r."desiredHash" IS NOT NULL`,
    [store],
  )
  for (const row of rows) {
    const source = await readSource(db, row.sourceConnectionId)
    const desired = source && readDesired(row, { ...source, includeTestOrders: true }, sealer)
    if (desired?.kind !== 'send') return 'no desired state'
    const parsed = Envelope.safeParse(desired.envelope)
    if (!parsed.success)
      return parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
  }
  return null
}

/** The topic from the headers that came with the payload, or from the file's name. */
async function topicOfFile(path: string): Promise<string> {
  const headers = await readFile(path.replace(/\.json$/, '.headers.json'), 'utf8').catch(() => '{}')
  const recorded = (JSON.parse(headers) as Record<string, string>)['x-shopify-topic']
  if (recorded) return recorded

  const name = basename(path)
    .split('--')[0]!
    .replace(/_rest$/, '_update')
  const spellings = [...name.matchAll(/_/g)].map(
    ({ index }) => `${name.slice(0, index)}/${name.slice(index + 1)}`,
  )
  const known = [name, ...spellings, ...spellings.map((spelling) => `${spelling}d`)].find(
    (spelling) => spelling in SHOPIFY_TOPICS,
  )
  return known ?? spellings.at(-1) ?? name
}

function headersFor(topic: string, store: string, body: Buffer): Headers {
  return new Headers({
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': store,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': `corpus-${store}`,
    'x-shopify-triggered-at': '2026-11-21T10:00:00.123456789Z',
    'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
  })
}

async function onStage<T>(work: (stage: Stage) => Promise<T>): Promise<T> {
  const postgres = await startPostgres({ settings: { fsync: 'off' } })
  await postgres.createDatabase('corpus')
  const url = postgres.url('corpus')
  await promisify(execFile)('npm', ['run', '--silent', 'setup'], {
    env: { ...process.env, DATABASE_URL: url },
  })
  const db = openDatabase(url)
  const logger = createLogger('warn')
  const queue = await openQueue({ connectionString: url, logger, worker: false })
  const sealer = createSealer([randomBytes(32)])
  const intake = createIntake({
    db,
    queue,
    sealer,
    logger,
    clock: systemClock,
    defaults: {
      kind: 'environment',
      address: 'http://127.0.0.1:9',
      dialect: 'unified',
      piiPolicy: 'full',
      state: 'connected',
      stateReason: null,
    },
    issueReceiverKey: () => Promise.reject(new Error('The corpus has no built-in receiver.')),
  })
  try {
    return await work({
      db,
      intake,
      sealer,
      receive: createShopifyReceiver({ apiKey: 'corpus', apiSecret: SECRET }),
    })
  } finally {
    await queue.stop()
    await db.close()
    await postgres.stop()
  }
}
