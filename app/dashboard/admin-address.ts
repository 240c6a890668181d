import { type Platform, type Resource } from '~/contracts/resource'

/** Where the Shopify admin keeps what a record is. */
const FOLDERS: Record<Resource, string | null> = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  category: 'collections',
  message: null,
}

const SHOP = /^([a-z0-9][a-z0-9-]*)\.myshopify\.com$/

interface Subject {
  platform: Platform
  /** The shop domain. */
  store: string
  resource: Resource
  externalId: string
}

/** The address of a record in the Shopify admin, such as https://admin.shopify.com/store/tea/orders/1; null where it has no page there. */
export function adminAddress({ platform, store, resource, externalId }: Subject): string | null {
  const folder = FOLDERS[resource]
  const [, handle] = SHOP.exec(store) ?? []
  if (platform !== 'shopify' || folder === null || handle === undefined || !/^\d+$/.test(externalId))
    return null
  return `https://admin.shopify.com/store/${handle}/${folder}/${externalId}`
}
