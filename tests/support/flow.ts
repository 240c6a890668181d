import { startSaas, type Saas } from '../../dev/saas'
import { startApp, type AppOptions, type RunningApp } from '../../dev/run-app'
import { createTestDatabase, type TestDatabase } from './database'
import { STORE } from './webhook'

export const SAAS_KEY = 'the-key-of-the-flows'

/** The built app between a database of its own and a SaaS that misbehaves on command. */
export interface Flow {
  database: TestDatabase
  saas: Saas
  app: RunningApp
  /** Makes a shop installed, as the least that a token exchange leaves behind. */
  install(store?: string): Promise<void>
  stop(): Promise<void>
}

/** Starts the app with one installed shop, `STORE`. */
export async function startFlow(
  options: Pick<AppOptions, 'env' | 'role' | 'nodeArguments'> = {},
): Promise<Flow> {
  const [database, saas] = await Promise.all([createTestDatabase(), startSaas({ apiKey: SAAS_KEY })])
  const app = await startApp({
    databaseUrl: database.url,
    ...options,
    env: { SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY, ...options.env },
  })
  const install = async (store = STORE) => {
    await database.db.query(
      `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope) VALUES ($1, $2, '', false, 'shpat_test', 'read_products')`,
      [`offline_${store}`, store],
    )
  }
  await install()

  return {
    database,
    saas,
    app,
    install,
    async stop() {
      await app.stop()
      await Promise.all([saas.stop(), database.drop()])
    },
  }
}
