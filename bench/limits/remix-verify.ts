import '@shopify/shopify-api/adapters/web-api'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { createRequestHandler } from '@remix-run/express'
import { type ActionFunctionArgs, type ServerBuild } from '@remix-run/node'
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api'
import express from 'express'

/** What the same framework does at best: a Remix action that verifies with Shopify's SDK and answers. It keeps nothing. SECRET. */
const shopify = shopifyApi({
  apiKey: 'bench',
  apiSecretKey: process.env.SECRET ?? '',
  apiVersion: ApiVersion.October26,
  hostName: 'bench.invalid',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error, log: () => {} },
})

async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const rawBody = await request.text()
  const { valid } = await shopify.webhooks.validate({ rawBody, rawRequest: request })
  return new Response(null, { status: valid ? 200 : 401 })
}

/** What `remix vite:build` makes of one route file, with the future flags of this repository. */
const build: ServerBuild = {
  mode: 'production',
  entry: { module: { default: () => new Response(null, { status: 404 }) } },
  routes: {
    'routes/webhooks.$': {
      id: 'routes/webhooks.$',
      path: 'webhooks/*',
      module: { action, default: undefined },
    },
  },
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
  publicPath: '/',
  assetsBuildDirectory: 'build/client',
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
}

const app = express()
app.disable('x-powered-by')
const handle = createRequestHandler({ build, mode: 'production' })
app.all('*', (request, response, next) => void handle(request, response, next))
const server = createServer(app)
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.once('SIGTERM', () => process.exit(0))
