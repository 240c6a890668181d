import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { parseArgs, promisify } from 'node:util'
import { buildApp } from './build-app'
import { freePort, startPostgres } from './postgres'
import { playScenario } from './play-scenario'
import { type RunningApp, startApp } from './run-app'
import { startSaas } from './saas'
import { startShopify } from './shopify'

/**
 * `npm run demo`: the whole product on a desk. An embedded PostgreSQL, the app built for production with its built-in SaaS,
 * and a stand-in for Shopify. No account, no internet, nothing installed. `--once` plays a scenario without a person and exits
 * 0 only if the mirror equals the store.
 */
const DATABASE = 'parity_demo'
const ADMIN_PORT = 4000
/** A SaaS that a person can connect in the settings: by a name that looks public, as every merchant's must. */
const OWN_SAAS = { host: 'saas.example', key: 'demo-key' }

const { values: options } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
const say = (line: string) => console.log(line)

say('Starting a PostgreSQL of its own …')
const postgres = await startPostgres()
const stops: (() => Promise<unknown>)[] = [() => postgres.stop()]
let exitCode = 0
try {
  const { app, shopify } = await startDesk()
  const isEqual = await playScenario({ app, shopify, databaseUrl: postgres.url(DATABASE), say })
  if (options.once) {
    exitCode = isEqual ? 0 : 1
  } else {
    say(
      `\nOpen the shop's admin:  ${shopify.origin}\n\nChange something there and watch it arrive. Settings → Connection takes a SaaS of your own, too:\nhttps://${OWN_SAAS.host} with the key ${OWN_SAAS.key}. Ctrl-C ends the demo.`,
    )
    await interrupted()
  }
} catch (error) {
  console.error(error)
  exitCode = 1
} finally {
  for (const stop of stops.reverse()) await stop()
}
process.exit(exitCode)

async function startDesk() {
  const databaseUrl = postgres.url(DATABASE)
  await postgres.createDatabase(DATABASE)
  const setUp = promisify(execFile)('npm', ['run', '--silent', 'setup'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
  })
  say('Building the app for production (a minute, the first time) …')
  await Promise.all([setUp, buildApp()])

  const shopify = await startShopify({
    port: options.once ? 0 : await preferredPort(ADMIN_PORT),
    stock: { products: 0, collections: 0, customers: 0, orders: 0 },
  })
  stops.push(() => shopify.stop())
  const saas = await startSaas({ apiKey: OWN_SAAS.key, batchLimit: 50 })
  stops.push(() => saas.stop())
  say('Starting the app …')
  const app: RunningApp = await startApp({
    databaseUrl,
    env: {
      PARITY_DEV_SHOPIFY_ORIGIN: shopify.origin,
      PARITY_DEV_ROUTES: `${OWN_SAAS.host}=${saas.url}`,
      SHOPIFY_API_KEY: 'parity-demo-key',
      SHOPIFY_API_SECRET: randomBytes(16).toString('hex'),
      LOG_LEVEL: 'warn',
    },
    nodeArguments: ['--import', './dev/shopify/route-to-stand-in.mjs'],
  })
  stops.push(() => app.stop())
  shopify.connectApp({
    url: app.url,
    apiKey: app.env.SHOPIFY_API_KEY!,
    apiSecret: app.env.SHOPIFY_API_SECRET!,
  })
  return { app, shopify }
}

/** A port that is easy to remember, unless somebody else has it. */
async function preferredPort(port: number): Promise<number> {
  return fetch(`http://127.0.0.1:${port}`).then(
    () => freePort(),
    () => port,
  )
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
