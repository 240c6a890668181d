import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo } from 'node:net'
import pg from 'pg'

/**
 * The limit of the machine: node:http that checks the signature, parses the body, and commits one INSERT a request before it
 * answers. DATABASE_URL, SECRET.
 */
const { DATABASE_URL = '', SECRET = '' } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 })
await pool.query(
  'CREATE TABLE IF NOT EXISTS webhook (delivery_id text PRIMARY KEY, topic text, shop text, order_id text, payload bytea)',
)

const server = createServer((request, response) => {
  void take(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(500).end(),
  )
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.once('SIGTERM', () => process.exit(0))

async function take(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const header = (name: string) => String(request.headers[`x-shopify-${name}`])

  const expected = createHmac('sha256', SECRET).update(body).digest()
  const given = Buffer.from(header('hmac-sha256'), 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 401

  const { id } = JSON.parse(body.toString()) as { id: number }
  await pool.query('INSERT INTO webhook VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
    header('webhook-id'),
    header('topic'),
    header('shop-domain'),
    String(id),
    body,
  ])
  return 200
}
