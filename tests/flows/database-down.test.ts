import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { startPostgres, type EmbeddedPostgres } from '../../dev/postgres'
import { startApp, type RunningApp } from '../../dev/run-app'
import { startSaas, type Saas } from '../../dev/saas'
import { SAAS_KEY } from '../support/flow'
import { until } from '../../dev/until'
import { postWebhook, STORE } from '../support/webhook'

/** Shopify waits five seconds for an answer (its documentation of webhook delivery). */
const SHOPIFY_PATIENCE_MS = 5_000

describe('while the database is gone', () => {
  let postgres: EmbeddedPostgres
  let app: RunningApp
  let saas: Saas
  const query = async (text: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: postgres.url('parity') })
    await client.connect()
    return client.query<Record<string, unknown>>(text, values).finally(() => client.end())
  }

  beforeAll(async () => {
    postgres = await startPostgres()
    await postgres.createDatabase('parity')
    const databaseUrl = postgres.url('parity')
    await promisify(execFile)('npm', ['run', '--silent', 'setup'], {
      env: { ...process.env, DATABASE_URL: databaseUrl },
    })
    saas = await startSaas({ apiKey: SAAS_KEY })
    app = await startApp({ databaseUrl, env: { SAAS_API_URL: saas.url, SAAS_API_KEY: SAAS_KEY } })
    await query(
      `INSERT INTO "Session" (id, shop, state, "isOnline", "accessToken", scope) VALUES ($1, $2, '', false, 'x', '')`,
      [`offline_${STORE}`, STORE],
    )
  })
  afterAll(async () => {
    await app.stop()
    await saas.stop()
    await postgres.stop()
  })
  const post = (id: number) =>
    postWebhook(app, {
      topic: 'collections/create',
      deliveryId: `delivery-${id}`,
      body: `{"id":${id},"title":"C","updated_at":"2026-05-01T10:00:00Z"}`,
    })

  it('answers 503 with Retry-After before Shopify loses patience, says so in its health, and works again afterwards', async () => {
    expect((await post(1)).status).toBe(200)
    await until('the first has arrived', () => saas.mirror().length === 1)
    await postgres.kill()

    const answers = await Promise.all([2, 3, 4].map((id) => answeredWithin(SHOPIFY_PATIENCE_MS, post(id))))
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
    for (const answer of answers) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const health = await fetch(`${app.url}/healthz`)
    expect(health.status).toBe(503)
    expect(await health.json()).toMatchObject({
      ok: false,
      reasons: ['The database does not answer.', expect.any(String)],
    })

    await postgres.start()
    expect((await query(`SELECT count(*)::int AS n FROM "WebhookEvent"`)).rows).toEqual([{ n: 1 }])
    expect((await query(`SELECT count(*)::int AS n FROM "SyncRecord"`)).rows).toEqual([{ n: 1 }])

    // Shopify's retry of what was refused.
    await until('webhooks are taken again', async () => (await post(2)).status === 200)
    await until('the retried one has arrived', () => saas.mirror().length === 2)
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
  })
})

/** The answer, if it came in time: what Shopify would see. */
async function answeredWithin(ms: number, answer: Promise<Response>): Promise<Response> {
  const late = new Promise<never>((_resolve, reject) =>
    setTimeout(() => reject(new Error('too late')), ms).unref(),
  )
  return Promise.race([answer, late])
}
