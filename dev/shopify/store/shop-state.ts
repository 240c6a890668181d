import { type Clock } from '../clock'
import { type Json } from '../json'
import { createRandom, type Random } from '../random'
import { createIds, type IdSource } from './ids'
import { type Collection, type Customer, type Id, type Order, type Product, type Time } from './model'
import { moneyIn, type Money } from './money'
import { RecordMap } from './record-map'
import { secondsOf } from './times'

/** News that a shop tells its apps: one topic about one record. The body is the state at that moment. */
export interface Announcement {
  topic: string
  /** The record it is about, for people who watch; Shopify sends no such thing. */
  recordId: Id
  body: Json
}

/** Everything a shop is: who, what it sells and to whom, and the clock and chance that it runs on. */
export interface ShopState {
  domain: string
  id: Id
  name: string
  email: string
  currency: string
  zone: string
  locationId: Id
  products: RecordMap<Product>
  customers: RecordMap<Customer>
  orders: RecordMap<Order>
  collections: RecordMap<Collection>
  nextOrderNumber: number
  random: Random
  newId: IdSource
  money: Money
  clock: Clock
  /** Counts what was announced: as long as it stands still, so does the shop. */
  changes: number
  /** Tells the apps what one action of the merchant brought about. */
  announce(news: Announcement[]): void
}

export interface ShopOptions {
  domain: string
  seed: number
  clock: Clock
  currency: string
  zone: string
}

/** An empty shop. It announces nothing until somebody listens. */
export function emptyShop({ domain, seed, clock, currency, zone }: ShopOptions): ShopState {
  const random = createRandom(seed)
  const newId = createIds(random)
  const name = titleCase((domain.split('.')[0] ?? domain).replaceAll('-', ' '))
  return {
    domain,
    id: newId(),
    name,
    email: `owner@${domain.split('.')[0]}.example`,
    currency,
    zone,
    locationId: newId(),
    products: new RecordMap(),
    customers: new RecordMap(),
    orders: new RecordMap(),
    collections: new RecordMap(),
    nextOrderNumber: 1,
    random,
    newId,
    money: moneyIn(currency),
    clock,
    changes: 0,
    announce: () => undefined,
  }
}

export function nowOf(shop: ShopState): Time {
  return secondsOf(shop.clock.now())
}

/** A record that must be there. @throws NotFound */
export function mustFind<T>(records: Map<Id, T>, id: Id, what: string): T {
  const record = records.get(id)
  if (!record) throw new NotFound(`There is no ${what} ${id}`)
  return record
}

/** Asked for a record that the shop does not have. */
export class NotFound extends Error {}
/** Asked for what Shopify would refuse, such as the refund of an order that nobody has paid. */
export class Refused extends Error {}

function titleCase(text: string): string {
  return text.replace(/\b\w/g, (letter) => letter.toUpperCase())
}
