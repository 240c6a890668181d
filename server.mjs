import './scripts/young-objects.mjs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import compression from 'compression'
import express from 'express'
import { isTooOld, runUnderNewerNode } from './scripts/newer-node.mjs'

/** `node server.mjs` is production; dev/web.ts asks for Vite. What is imported from here on reads the mode. */
const development = process.argv.includes('--development')
process.env.NODE_ENV = development ? 'development' : 'production'
const client = join(import.meta.dirname, 'build/client')

/** Longer than the idle time of usual proxies (60 s), so that they, not we, close a connection they might just use. */
const KEEP_ALIVE_MS = 75_000
const HEADERS_MS = 30_000
const REQUEST_MS = 60_000
/** How long a stop waits for requests in hand. */
const STOP_MS = 10_000
/** What a process that only works jobs serves. */
const WORKER_PATHS = ['/healthz', '/metrics']

try {
  if (isTooOld) runUnderNewerNode()
  else await run()
} catch (error) {
  // A faulty environment names every fault in its message; a stack would hide them.
  console.error(error?.name === 'ConfigError' ? error.message : error)
  process.exit(1)
}

async function run() {
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: HEADERS_MS })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const vite = development ? await startVite(server) : undefined
  const load = vite
    ? () => vite.ssrLoadModule('virtual:remix/server-build')
    : () => import('./build/server/index.js')

  const app = (await load()).entry.module
  const { HOST, PORT, PARITY_ROLE } = app.config()
  const started = app.start()
  const throughExpress = createApp({ load, vite, role: PARITY_ROLE, started })
  server.on(
    'request',
    vite || PARITY_ROLE === 'worker' ? throughExpress : withDirectRoad(app, started, throughExpress),
  )
  stopOnSignal(server, started, app)

  await Promise.all([started, listen(server, PORT, HOST)])
  app.logger().info({ host: HOST, port: server.address().port, role: PARITY_ROLE }, 'server.listening')
}

/** Vite answers for the sources, on the server's own port. */
async function startVite(server) {
  const { createServer: createVite } = await import('vite')
  const vite = await createVite({ server: { middlewareMode: true, hmr: { server } } })
  // Remix's plugin has a Vite server of its own, which would end the process at once.
  process.removeAllListeners('SIGTERM')
  return vite
}

function createApp({ load, vite, role, started }) {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', true)
  app.use((_request, response, next) => {
    response.set('X-Content-Type-Options', 'nosniff')
    // The port is open before the app is: early requests wait rather than fail.
    started.then(() => next(), next)
  })
  // The one method that a Request of the web platform cannot have.
  app.trace('*', (_request, response) => response.set('Allow', 'POST').status(405).end())
  if (role === 'worker') app.use(onlyWorkerPaths)

  // Acknowledgements are empty, so that only what is read is compressed.
  const compress = compression()
  app.use((request, response, next) =>
    request.method === 'GET' ? compress(request, response, next) : next(),
  )
  serveStaticFiles(app, vite)
  // No body parser stands before Remix: a signature covers the bytes as they came.
  app.all('*', createRequestHandler({ build: load, mode: process.env.NODE_ENV }))
  app.use(answerFailure)
  return app
}

/** Webhooks, which are nearly all that comes, go straight to the function that the Remix route calls too. */
function withDirectRoad({ isPlainWebhook, takeWebhook }, started, throughExpress) {
  return (request, response) => {
    if (!isPlainWebhook(request)) throughExpress(request, response)
    else
      started.then(
        () => takeWebhook(request, response),
        () => throughExpress(request, response),
      )
  }
}

function onlyWorkerPaths(request, response, next) {
  if (WORKER_PATHS.includes(request.path)) next()
  else response.status(404).type('text').send('This process works jobs; it serves no pages.\n')
}

function serveStaticFiles(app, vite) {
  if (vite) {
    app.use(vite.middlewares)
    return
  }
  const options = { index: false, redirect: false }
  app.use('/assets', express.static(join(client, 'assets'), { ...options, immutable: true, maxAge: '1y' }))
  app.use(express.static(client, { ...options, maxAge: '1h' }))
}

/** What express or the adapter could not take, such as a request with a malformed Host. Four arguments, or express passes it by. */
function answerFailure(error, _request, response, _next) {
  const status = error?.code === 'ERR_INVALID_URL' ? 400 : (error?.status ?? 500)
  if (response.headersSent) response.destroy()
  else response.status(status).type('text').send(`${status}\n`)
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** Stops at the first signal: what is in hand is finished, nothing new begun. A second signal changes nothing. */
function stopOnSignal(server, started, app) {
  let stopping
  const onSignal = () => {
    stopping ??= finish(server, started, app).then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

/** First the jobs, while the built-in SaaS that they may be calling still listens; then the requests; then what both used. */
async function finish(server, started, app) {
  await started.catch(() => undefined)
  await app.rest()
  await closed(server)
  await app.stop()
}

/** Resolves when every request in hand is answered, or when their time is over. */
async function closed(server) {
  const done = new Promise((resolve) => server.close(resolve))
  // A connection that was busy when the server closed goes idle afterwards, and would stay open.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), STOP_MS)
  await done
  clearInterval(idle)
  clearTimeout(late)
}
