import { type Id, type Image, type Product, type Time, type Variant } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { GOODS, MOODS, OPTION_VALUES, TAGS, VENDORS } from './words'

/** A plausible product of that moment, not yet in the shop. */
export function makeProduct(shop: ShopState, at: Time): Product {
  const { random } = shop
  const good = random.pick(GOODS)
  const title = `${random.pick(MOODS)} ${good.name}`
  const id = shop.newId()
  const optionNames: string[] = [...good.options]
  const combinations = combine(optionNames.map((name) => OPTION_VALUES[name] ?? []))
  const status = random.pick(['active', 'active', 'active', 'active', 'draft', 'archived'] as const)
  return {
    id,
    title,
    bodyHtml: `<p>${title} — made to last. See <a href="/pages/care">care & repair</a>.</p>`,
    vendor: random.pick(VENDORS),
    productType: good.type,
    handle: `${handleOf(title)}-${id.slice(-5)}`,
    status,
    tags: random.sample(TAGS, random.int(0, 3)).toSorted(),
    options: (optionNames.length ? optionNames : ['Title']).map((name) => ({ id: shop.newId(), name })),
    variants: combinations.map((options) => makeVariant(shop, at, good.price, options)),
    images: makeImages(shop, id, title, at),
    giftCard: false,
    createdAt: at,
    updatedAt: at,
    publishedAt: status === 'active' ? at : null,
  }
}

/** A variant with those option values; none means the one default variant. */
export function makeVariant(shop: ShopState, at: Time, price: number, options: string[]): Variant {
  const { random, money } = shop
  const amount = money.of(money.minor(String(price)) + random.int(0, 6) * 50)
  const tracked = random.chance(0.85)
  return {
    id: shop.newId(),
    inventoryItemId: shop.newId(),
    title: options.join(' / ') || 'Default Title',
    price: amount,
    compareAtPrice: random.chance(0.25) ? money.times(amount, 1.25) : null,
    sku: random.chance(0.9) ? `NL-${random.int(10_000, 99_999)}` : null,
    barcode: random.chance(0.5) ? `40${random.int(10_000_000_000, 99_999_999_999)}` : null,
    inventoryPolicy: random.chance(0.2) ? 'continue' : 'deny',
    options: options.length ? options : ['Default Title'],
    taxable: true,
    tracked,
    inventoryQuantity: tracked ? random.int(0, 60) : 0,
    requiresShipping: true,
    grams: random.int(1, 40) * 50,
    createdAt: at,
    updatedAt: at,
  }
}

/** A title as the end of an address. */
export function handleOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
  return (
    plain
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'item'
  )
}

function makeImages(shop: ShopState, productId: Id, title: string, at: Time): Image[] {
  return Array.from({ length: shop.random.int(0, 3) }, (_, index) => ({
    id: shop.newId(),
    src: `https://cdn.shopify.com/s/files/1/0${shop.id.slice(0, 3)}/products/${productId}-${index + 1}.jpg?v=1700000000`,
    alt: index === 0 ? title : null,
    width: 1200,
    height: 900,
    createdAt: at,
  }))
}

function combine(lists: (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (combinations, values) => combinations.flatMap((held) => values.map((value) => [...held, value])),
    [[]],
  )
}
