export { startShopify, type ShopifyStandIn } from './start-shopify'
export { type Shop } from './shop'
export { manualClock } from './clock'
export * from './store/model'
