/** The ids of the bench's products begin here; the n-th has this much more. */
const FIRST_PRODUCT_ID = 8_100_000_000_000
const FIRST_CHANGE = Date.UTC(2026, 10, 2, 19, 0, 0)

export const CURRENCY = 'EUR'

/** The id of the n-th product, as text. */
export function productId(n: number): string {
  return String(FIRST_PRODUCT_ID + n)
}

/** When a change happened, in UTC: the later the change, the later. */
export function productTime(change: number): string {
  return new Date(FIRST_CHANGE + change * 1000).toISOString().replace('.000', '')
}

/** How many of the first so many changes altered anything: every second one only says that it happened. */
export function alterations(change: number): number {
  return Math.ceil(change / 2)
}

/** The body of `products/create` (change 0) and `products/update`. Odd changes alter price, stock and tags; even ones only the time. */
export function productBody(n: number, change: number): string {
  const { price, stock, tags } = contentOf(n, change)
  const id = FIRST_PRODUCT_ID + n
  return JSON.stringify({
    id,
    admin_graphql_api_id: `gid://shopify/Product/${id}`,
    title: `Stoneware bowl ${n}`,
    handle: `stoneware-bowl-${n}`,
    body_html: '<p>Thrown and glazed by hand on the island of Gotland.</p>',
    vendor: 'Fårö Keramik',
    product_type: 'Bowls',
    status: 'active',
    created_at: productTime(0),
    updated_at: productTime(change),
    published_at: productTime(0),
    tags: tags.join(', '),
    images: [{ id: 41, src: `https://cdn.example.com/bowl-${n}.jpg`, alt: 'A bowl', position: 1 }],
    options: [{ id: 51, name: 'Size', position: 1, values: ['Large'] }],
    variants: [
      {
        id: id + 500_000,
        title: 'Large',
        sku: `BOWL-${n}`,
        barcode: null,
        price,
        compare_at_price: null,
        position: 1,
        option1: 'Large',
        inventory_policy: 'deny',
        inventory_quantity: stock,
        inventory_item_id: 71,
      },
    ],
    variant_gids: [{ admin_graphql_api_id: `gid://shopify/ProductVariant/${id + 500_000}` }],
  })
}

/** What the SaaS should hold of a product after a change: a reading of the shared sync schema apart from the app's own. */
export function expectedProduct(n: number, change: number) {
  const { price, stock, tags } = contentOf(n, change)
  return {
    resource: 'product' as const,
    externalId: productId(n),
    data: {
      version: productTime(change),
      created_at: productTime(0),
      updated_at: productTime(change),
      incomplete: ['stock', 'collections'],
      name: `Stoneware bowl ${n}`,
      handle: `stoneware-bowl-${n}`,
      description: '<p>Thrown and glazed by hand on the island of Gotland.</p>',
      vendor: 'Fårö Keramik',
      type: 'Bowls',
      status: 'active',
      published_at: productTime(0),
      tags,
      currency: CURRENCY,
      price,
      regular_price: null,
      sku: `BOWL-${n}`,
      images: [{ url: `https://cdn.example.com/bowl-${n}.jpg`, alt: 'A bowl' }],
      variants: [
        {
          external_id: String(FIRST_PRODUCT_ID + n + 500_000),
          name: 'Large',
          sku: `BOWL-${n}`,
          barcode: null,
          price,
          compare_at_price: null,
          stock_quantity: stock,
          options: { Size: 'Large' },
        },
      ],
    },
  }
}

function contentOf(n: number, change: number): { price: string; stock: number; tags: string[] } {
  const altered = alterations(change)
  return {
    price: `${20 + altered}.90`,
    stock: 100 + n - altered,
    tags: ['ceramic', `edition ${altered}`],
  }
}
