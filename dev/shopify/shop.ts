import { type Clock } from './clock'
import { dataRequestBody, customerRedactBody, shopRedactBody } from './bodies/compliance-body'
import { scopesBody, shopBody } from './bodies/shop-body'
import { burst, type BurstSummary } from './changes/burst'
import * as collections from './changes/change-collections'
import * as customers from './changes/change-customers'
import * as orders from './changes/change-orders'
import * as products from './changes/change-products'
import {
  type BurstInput,
  type CollectionInput,
  type ConsentInput,
  type CustomerInput,
  type OrderChange,
  type OrderInput,
  type ProductInput,
  type StockInput,
} from './changes/inputs'
import { news } from './changes/news'
import { BulkOperations } from './bulk/bulk-operations'
import { BulkFault, type BulkFaultInput } from './bulk/faults'
import { FaultQueue } from './fault-queue'
import { GraphqlFault, type GraphqlFaultInput } from './graphql/answer-graphql'
import { CostBucket } from './graphql/cost'
import { TokenFault, type TokenFaultInput } from './oauth/grant-token'
import { mintIdToken } from './oauth/id-token'
import { TokenStore, type Staff, type TokenAnswer } from './oauth/token-store'
import { createRandom } from './random'
import { stockShop, type StockOptions } from './seed/stock-shop'
import {
  type Collection,
  type Customer,
  type Id,
  type Order,
  type Product,
  type StoreSnapshot,
} from './store/model'
import { emptyShop, mustFind, nowOf, type ShopState } from './store/shop-state'
import { announceTo, type Listening } from './webhooks/announce'
import { Courier } from './webhooks/courier'
import { type Delivery, type DeliverySummary } from './webhooks/delivery'
import { WebhookFault, WebhookFaults, type WebhookFaultInput } from './webhooks/faults'
import { type Post } from './webhooks/post'
import { scopeOfTopic } from './webhooks/scope-of-topic'
import { triggerTimes } from './webhooks/triggered-at'
import { type ConnectedApp } from './app-connection'

export interface ShopSetup {
  domain: string
  seed: number
  clock: Clock
  currency: string
  zone: string
  stock: StockOptions
  post: Post
  timeoutMs: number
  timeScale: number
  concurrency: number
  memory: number
  /** How long a bulk operation takes. */
  bulkMs: number
  /** How fast the cost budget fills up again, as the shop's plan has it. */
  pointsPerSecond: number
  /** What the merchant grants at first; absent: all that the app asks for. */
  scopes: string[] | undefined
  /** The app, once it is known. */
  app(): ConnectedApp | undefined
}

/** The shop of a `startShopify`: what its merchant can do, and what its webhooks and tokens come to. */
export class Shop {
  readonly state: ShopState
  readonly tokens: TokenStore
  readonly courier: Courier
  readonly webhookFaults: WebhookFaults
  readonly tokenFaults = new FaultQueue<TokenFault>()
  readonly graphqlFaults = new FaultQueue<GraphqlFault>()
  readonly costs: CostBucket
  readonly bulk: BulkOperations
  readonly #setup: ShopSetup
  readonly #revoked = new Set<string>()
  readonly #limited = new Map<string, string[]>()
  #scopes: string[] | undefined
  #installed = true

  constructor(setup: ShopSetup) {
    this.#setup = setup
    const { clock, app } = setup
    const random = createRandom(setup.seed ^ 0x5eed)
    this.state = emptyShop(setup)
    stockShop(this.state, setup.stock)
    this.webhookFaults = new WebhookFaults(random)
    this.courier = new Courier({ ...setup, faults: this.webhookFaults })
    this.costs = new CostBucket(clock, setup.pointsPerSecond)
    this.bulk = new BulkOperations(this.state, setup.bulkMs)
    this.#scopes = setup.scopes
    this.tokens = new TokenStore(clock, () => this.scopes.join(','))
    const listening: Listening = (topic) =>
      this.#installed && !this.#revoked.has(scopeOfTopic(topic) ?? '') ? app()?.listener : undefined
    announceTo(this.state, listening, this.courier, triggerTimes(clock, random))
  }

  get domain(): string {
    return this.state.domain
  }

  /** The part before `.myshopify.com`. */
  get handle(): string {
    return this.domain.replace(/\.myshopify\.com$/, '')
  }

  get installed(): boolean {
    return this.#installed
  }

  /** What the merchant has granted. */
  get scopes(): string[] {
    return this.#scopes ?? this.#setup.app()?.subscriptions.scopes ?? []
  }

  readonly products = {
    list: (): Product[] => [...this.state.products.values()],
    get: (id: Id): Product => mustFind(this.state.products, id, 'product'),
    create: (input?: ProductInput): Product => products.createProduct(this.state, input),
    update: (id: Id, input?: ProductInput): Product => products.updateProduct(this.state, id, input),
    delete: (id: Id): Product => products.deleteProduct(this.state, id),
    adjustStock: (id: Id, input?: StockInput): Product => products.adjustStock(this.state, id, input),
  }

  readonly customers = {
    list: (): Customer[] => [...this.state.customers.values()],
    get: (id: Id): Customer => mustFind(this.state.customers, id, 'customer'),
    create: (input?: CustomerInput): Customer => customers.createCustomer(this.state, input),
    update: (id: Id, input?: CustomerInput): Customer => customers.updateCustomer(this.state, id, input),
    delete: (id: Id): Customer => customers.deleteCustomer(this.state, id),
    merge: (keptId: Id, goneId: Id): Customer => customers.mergeCustomers(this.state, keptId, goneId),
    addTags: (id: Id, tags: string[]): Customer => customers.addCustomerTags(this.state, id, tags),
    removeTags: (id: Id, tags: string[]): Customer => customers.removeCustomerTags(this.state, id, tags),
    setConsent: (id: Id, input: ConsentInput): Customer => customers.setConsent(this.state, id, input),
  }

  readonly orders = {
    list: (): Order[] => [...this.state.orders.values()],
    get: (id: Id): Order => mustFind(this.state.orders, id, 'order'),
    create: (input?: OrderInput): Order => orders.createOrder(this.state, input),
    update: (id: Id, input?: OrderChange): Order => orders.updateOrder(this.state, id, input),
    delete: (id: Id): Order => orders.deleteOrder(this.state, id),
    restore: (deleted: Order): Order => orders.restoreOrder(this.state, deleted),
    pay: (id: Id): Order => orders.payOrder(this.state, id),
    fulfil: (id: Id): Order => orders.fulfilOrder(this.state, id),
    refund: (id: Id): Order => orders.refundOrder(this.state, id),
    cancel: (id: Id): Order => orders.cancelOrder(this.state, id),
    edit: (id: Id): Order => orders.editOrder(this.state, id),
  }

  readonly collections = {
    list: (): Collection[] => [...this.state.collections.values()],
    get: (id: Id): Collection => mustFind(this.state.collections, id, 'collection'),
    create: (input?: CollectionInput): Collection => collections.createCollection(this.state, input),
    update: (id: Id, input?: CollectionInput): Collection =>
      collections.updateCollection(this.state, id, input),
    delete: (id: Id): Collection => collections.deleteCollection(this.state, id),
  }

  /** The three compliance topics, sent on command rather than after Shopify's days of grace. */
  readonly compliance = {
    requestData: (customerId: Id): void => {
      const customer = this.customers.get(customerId)
      const body = dataRequestBody(this.state, customer, this.state.newId())
      this.state.announce([news('customers/data_request', customerId, body)])
    },
    redactCustomer: (customerId: Id): void => {
      const body = customerRedactBody(this.state, this.customers.get(customerId))
      this.state.announce([news('customers/redact', customerId, body)])
    },
    redactShop: (): void => {
      const listening = this.#installed
      this.#installed = true // It comes after the uninstallation, when nothing else does.
      this.state.announce([news('shop/redact', this.state.id, shopRedactBody(this.state))])
      this.#installed = listening
    },
  }

  /** Makes a change of which no webhook tells: only who compares finds it. */
  silently<T>(change: () => T): T {
    const { announce } = this.state
    this.state.announce = () => void (this.state.changes += 1)
    try {
      return change()
    } finally {
      this.state.announce = announce
    }
  }

  /** Makes so many changes over all resources; the same seed on the same shop makes the same ones. */
  burst(input: BurstInput): Promise<BurstSummary> {
    return burst(this.state, input)
  }

  /** Everything the shop holds now, as a copy. */
  snapshot(): StoreSnapshot {
    const { domain, currency } = this.state
    return structuredClone({
      domain,
      currency,
      takenAt: nowOf(this.state),
      products: this.products.list(),
      customers: this.customers.list(),
      orders: this.orders.list(),
      collections: this.collections.list(),
    })
  }

  /** Resolves when nothing waits to be delivered any more: acknowledged, given up, or dropped on command. */
  settled(): Promise<DeliverySummary> {
    return this.courier.settled()
  }

  /** Newest first. */
  deliveries(): Delivery[] {
    return this.courier.list()
  }

  /** Makes the way of the webhooks misbehave. @throws ZodError */
  misbehave(fault: WebhookFaultInput): void {
    this.webhookFaults.add(WebhookFault.parse(fault))
  }

  /** Makes the token endpoint misbehave. @throws ZodError */
  misbehaveTokens(fault: TokenFaultInput): void {
    this.tokenFaults.add(TokenFault.parse(fault))
  }

  /** Makes the Admin API misbehave. @throws ZodError */
  misbehaveGraphql(fault: GraphqlFaultInput): void {
    this.graphqlFaults.add(GraphqlFault.parse(fault))
  }

  /** Makes bulk operations, or the downloads of their files, misbehave. @throws ZodError */
  misbehaveBulk(fault: BulkFaultInput): void {
    this.bulk.faults.add(BulkFault.parse(fault))
  }

  /** Ends all misbehaviour. */
  behave(): void {
    this.webhookFaults.clear()
    this.tokenFaults.clear()
    this.graphqlFaults.clear()
    this.bulk.faults.clear()
  }

  /** An id token as App Bridge would get it. @throws Error before an app is connected */
  idToken(overrides?: Record<string, unknown>): Promise<string> {
    const app = this.#setup.app()
    if (!app) throw new Error('No app is connected to the stand-in')
    return mintIdToken(app, this.domain, this.state.clock.now(), overrides)
  }

  /** Lets a member of staff see only this of what the app may; whoever is not named here may see all of it. */
  limitStaff(userId: string, ...scopes: string[]): void {
    this.#limited.set(userId, scopes)
  }

  /** A member of staff, as their own token names them. */
  staff(userId: string): Staff {
    const allowed = this.#limited.get(userId)
    return {
      associated_user_scope: this.scopes.filter((scope) => allowed?.includes(scope) ?? true).join(','),
      associated_user: { id: Number(userId), account_owner: allowed === undefined, collaborator: false },
    }
  }

  /** Installs the app without a browser and gives its tokens. */
  install(): TokenAnswer {
    this.#installed = true
    return this.tokens.issue(true)
  }

  /** Marks the app as installed, as a token exchange does. */
  noteInstalled(): void {
    this.#installed = true
  }

  /** `app/uninstalled`; the tokens die, and no webhook is sent any more until the app is installed again. */
  uninstall(): void {
    this.state.announce([news('app/uninstalled', this.state.id, shopBody(this.state, nowOf(this.state)))])
    this.tokens.revokeAll()
    this.#installed = false
  }

  /** `shop/update`. */
  touchShop(): void {
    this.state.announce([news('shop/update', this.state.id, shopBody(this.state, nowOf(this.state)))])
  }

  /** The merchant grants more, at once and for every token: `app/scopes_update`. */
  grantScopes(...scopes: string[]): void {
    for (const scope of scopes) this.#revoked.delete(scope)
    this.#changeScopes([...new Set([...this.scopes, ...scopes])])
  }

  /** The app may do less from now on, with the tokens that it has too: `app/scopes_update`. Topics that need them are told no more. */
  revokeScopes(...scopes: string[]): void {
    for (const scope of scopes) this.#revoked.add(scope)
    this.#changeScopes(this.scopes.filter((scope) => !scopes.includes(scope)))
  }

  #changeScopes(current: string[]): void {
    const previous = this.scopes
    if (current.length === previous.length) return
    this.#scopes = current
    const body = scopesBody(this.state, previous, current, nowOf(this.state))
    this.state.announce([news('app/scopes_update', this.state.id, body)])
  }

  stop(): void {
    this.bulk.stop()
    this.courier.stop()
  }
}
