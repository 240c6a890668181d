import { type Database } from '~/db.server'

/** What a page may read: one shop and its sources. Every query of the pages names them. */
export interface ShopScope {
  shopId: string
  domain: string
  /** IANA name; null until Shopify has told us. */
  timeZone: string | null
  sourceIds: string[]
}

/** The scope of a shop, by its permanent domain; null while it is not set up. */
export async function findShopScope(db: Database, domain: string): Promise<ShopScope | null> {
  const shop = await db.prisma.shop.findUnique({
    where: { domain },
    select: { id: true, timeZone: true, sources: { select: { id: true } } },
  })
  if (!shop) return null

  return {
    shopId: shop.id,
    domain,
    timeZone: shop.timeZone,
    sourceIds: shop.sources.map((source) => source.id),
  }
}
