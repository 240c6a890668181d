import express, { Router, type NextFunction, type Request, type Response } from 'express'
import { z } from 'zod'
import {
  BurstInput,
  CollectionInput,
  ConsentInput,
  CustomerInput,
  OrderChange,
  OrderInput,
  ProductInput,
  StockInput,
} from '../changes/inputs'
import { BulkFault } from '../bulk/faults'
import { GraphqlFault } from '../graphql/answer-graphql'
import { TokenFault } from '../oauth/grant-token'
import { type Shop } from '../shop'
import { RESOURCES, type StoreResource } from '../store/model'
import { NotFound, Refused } from '../store/shop-state'
import { WebhookFault } from '../webhooks/faults'
import { rowsOf } from './rows'
import { type Standing } from './standing'
import { shopOf } from './which-shop'

const Tags = z.strictObject({ tags: z.array(z.string().min(1)) })
const ScopesInput = z.strictObject({ grant: z.array(z.string()), revoke: z.array(z.string()) }).partial()
const RedeliverInput = z.strictObject({ webhookId: z.string() })

/** What can be done with one record of each kind, besides reading, changing and deleting it. */
const ACTIONS: Record<StoreResource, Record<string, (shop: Shop, id: string, input: unknown) => unknown>> = {
  products: {
    stock: (shop, id, input) => shop.products.adjustStock(id, StockInput.parse(input)),
  },
  customers: {
    'add-tags': (shop, id, input) => shop.customers.addTags(id, Tags.parse(input).tags),
    'remove-tags': (shop, id, input) => shop.customers.removeTags(id, Tags.parse(input).tags),
    consent: (shop, id, input) => shop.customers.setConsent(id, ConsentInput.parse(input)),
    'request-data': (shop, id) => shop.compliance.requestData(id),
    redact: (shop, id) => shop.compliance.redactCustomer(id),
  },
  orders: {
    pay: (shop, id) => shop.orders.pay(id),
    fulfil: (shop, id) => shop.orders.fulfil(id),
    refund: (shop, id) => shop.orders.refund(id),
    cancel: (shop, id) => shop.orders.cancel(id),
    edit: (shop, id) => shop.orders.edit(id),
  },
  collections: {},
}

const CREATE: Record<StoreResource, (shop: Shop, input: unknown) => unknown> = {
  products: (shop, input) => shop.products.create(ProductInput.parse(input)),
  customers: (shop, input) => shop.customers.create(CustomerInput.parse(input)),
  orders: (shop, input) => shop.orders.create(OrderInput.parse(input)),
  collections: (shop, input) => shop.collections.create(CollectionInput.parse(input)),
}

/** An empty body asks for a plausible change. */
const UPDATE: Record<StoreResource, (shop: Shop, id: string, input: unknown) => unknown> = {
  products: (shop, id, input) => shop.products.update(id, orNothing(ProductInput.parse(input))),
  customers: (shop, id, input) => shop.customers.update(id, orNothing(CustomerInput.parse(input))),
  orders: (shop, id, input) => shop.orders.update(id, orNothing(OrderChange.parse(input))),
  collections: (shop, id, input) => shop.collections.update(id, orNothing(CollectionInput.parse(input))),
}

/** Everything that a person or a script may command, as JSON under `/__standin`. `?shop=` names the shop. */
export function controlApi({ shops }: Standing): Router {
  const router = Router()
  router.use(express.json())
  const route = (
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    act: (shop: Shop, request: Request) => unknown,
  ) =>
    router[method](path, (request, response, next) => {
      const shop = shopOf(shops, request)
      if (!shop) return response.status(404).json({ error: 'No such shop' })
      Promise.resolve()
        .then(() => act(shop, request))
        .then((result) => response.json(result ?? { done: true }))
        .catch(next)
    })

  for (const resource of RESOURCES) recordRoutes(route, resource)
  shopRoutes(route)
  deliveryRoutes(route)
  router.get('/shops', (_request, response) => {
    response.json(shops.map(({ domain, installed }) => ({ domain, installed })))
  })
  router.use((_request, response) => response.status(404).json({ error: 'The stand-in has nothing there' }))
  router.use(refuse)
  return router
}

type Route = (
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  act: (shop: Shop, request: Request) => unknown,
) => unknown

function recordRoutes(route: Route, resource: StoreResource): void {
  route('get', `/rows/${resource}`, (shop, { query }) =>
    rowsOf(shop, resource, typeof query['search'] === 'string' ? query['search'] : ''),
  )
  const id = (request: Request) => String(request.params['id'])
  route('get', `/${resource}`, (shop) => shop[resource].list())
  route('post', `/${resource}`, (shop, request) => CREATE[resource](shop, request.body ?? {}))
  route('get', `/${resource}/:id`, (shop, request) => shop[resource].get(id(request)))
  route('patch', `/${resource}/:id`, (shop, request) =>
    UPDATE[resource](shop, id(request), request.body ?? {}),
  )
  route('delete', `/${resource}/:id`, (shop, request) => shop[resource].delete(id(request)))
  for (const [name, act] of Object.entries(ACTIONS[resource])) {
    route('post', `/${resource}/:id/${name}`, (shop, request) => act(shop, id(request), request.body ?? {}))
  }
}

function shopRoutes(route: Route): void {
  route('get', '/snapshot', (shop) => shop.snapshot())
  route('get', '/ids', (shop) =>
    Object.fromEntries(RESOURCES.map((resource) => [resource, shop[resource].list().map(({ id }) => id)])),
  )
  route('get', '/summary', (shop) => ({
    domain: shop.domain,
    name: shop.state.name,
    currency: shop.state.currency,
    installed: shop.installed,
    counts: Object.fromEntries(RESOURCES.map((resource) => [resource, shop.state[resource].size])),
    deliveries: shop.courier.summary(),
  }))
  route('post', '/burst', (shop, request) => shop.burst(BurstInput.parse(request.body)))
  route('post', '/install', (shop) => shop.install())
  route('post', '/uninstall', (shop) => shop.uninstall())
  route('get', '/bulk', (shop) => shop.bulk.list())
  route('post', '/scopes', (shop, { body }) => {
    const { grant = [], revoke = [] } = ScopesInput.parse(body)
    shop.grantScopes(...grant)
    shop.revokeScopes(...revoke)
    return shop.scopes
  })
  route('post', '/shop-update', (shop) => shop.touchShop())
  route('post', '/shop-redact', (shop) => shop.compliance.redactShop())
  route('get', '/id-token', async (shop) => ({ idToken: await shop.idToken() }))
  route('get', '/settled', (shop) => shop.settled())
}

function deliveryRoutes(route: Route): void {
  route('get', '/deliveries', (shop, request) => {
    const limit = z.coerce.number().int().min(1).max(20_000).catch(200).parse(request.query['limit'])
    return shop.deliveries().slice(0, limit)
  })
  route('post', '/deliveries/retry', (shop) => ({ retried: shop.courier.retryNow() }))
  route('post', '/deliveries/redeliver', (shop, request) => {
    const delivery = shop.courier.find(RedeliverInput.parse(request.body).webhookId)
    if (!delivery) throw new NotFound('There is no such delivery')
    shop.courier.redeliver(delivery)
  })
  route('get', '/faults', (shop) => ({
    webhooks: shop.webhookFaults.list(),
    tokens: shop.tokenFaults.list(),
    graphql: shop.graphqlFaults.list(),
    bulk: shop.bulk.faults.list(),
  }))
  route('post', '/faults/webhooks', (shop, { body }) => shop.misbehave(WebhookFault.parse(body)))
  route('post', '/faults/tokens', (shop, { body }) => shop.misbehaveTokens(TokenFault.parse(body)))
  route('post', '/faults/graphql', (shop, { body }) => shop.misbehaveGraphql(GraphqlFault.parse(body)))
  route('post', '/faults/bulk', (shop, { body }) => shop.misbehaveBulk(BulkFault.parse(body)))
  route('delete', '/faults', (shop) => shop.behave())
}

function orNothing<T extends object>(input: T): T | undefined {
  return Object.keys(input).length === 0 ? undefined : input
}

function refuse(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (error instanceof NotFound) response.status(404).json({ error: error.message })
  else if (error instanceof Refused) response.status(409).json({ error: error.message })
  else if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) })
  else next(error)
}
