import { gid } from '../../bodies/body-parts'
import { type ShopState } from '../../store/shop-state'
import { withOffset } from '../../store/times'
import { nowOf } from '../../store/shop-state'
import { fieldsOf, type Fields, type GraphqlContext } from '../fields'

const OPENED = '2024-02-01T15:00:00Z'

/** The shop itself, its one location, and the app's installation in it. */
export const shopTypes: Record<string, Fields> = {
  Shop: fieldsOf<ShopState>({
    id: (shop) => gid('Shop', shop.id),
    name: (shop) => shop.name,
    email: (shop) => shop.email,
    contactEmail: (shop) => shop.email,
    myshopifyDomain: (shop) => shop.domain,
    url: (shop) => `https://${shop.domain}`,
    primaryDomain: (shop) => shop,
    currencyCode: (shop) => shop.currency,
    enabledPresentmentCurrencies: () => ['USD', 'CAD', 'EUR', 'JPY'],
    ianaTimezone: (shop) => shop.zone,
    timezoneAbbreviation: () => 'EST',
    timezoneOffset: (shop) => withOffset(nowOf(shop), shop.zone).slice(-6).replace(':', ''),
    plan: () => ({}),
    shopOwnerName: () => 'Robin Demo',
    taxesIncluded: () => false,
    taxShipping: () => false,
    setupRequired: () => false,
    weightUnit: () => 'KILOGRAMS',
    unitSystem: () => 'METRIC_SYSTEM',
    createdAt: () => OPENED,
    updatedAt: () => OPENED,
  }),
  ShopPlan: fieldsOf<object>({
    displayName: () => 'Basic',
    publicDisplayName: () => 'Basic',
    partnerDevelopment: () => true,
    shopifyPlus: () => false,
  }),
  Domain: fieldsOf<ShopState>({
    id: (shop) => gid('Domain', shop.id),
    host: (shop) => shop.domain,
    url: (shop) => `https://${shop.domain}`,
    sslEnabled: () => true,
  }),
  Location: fieldsOf<ShopState>({
    id: (shop) => gid('Location', shop.locationId),
    legacyResourceId: (shop) => shop.locationId,
    name: () => '12 Harbour Lane',
    isActive: () => true,
    isPrimary: () => true,
    shipsInventory: () => true,
    fulfillsOnlineOrders: () => true,
    createdAt: () => OPENED,
    updatedAt: () => OPENED,
  }),
  AppInstallation: fieldsOf<GraphqlContext>({
    id: () => gid('AppInstallation', '1'),
    accessScopes: ({ access }) => [...access.scopes].map((handle) => ({ handle })),
  }),
  AccessScope: fieldsOf<{ handle: string }>({
    handle: ({ handle }) => handle,
    description: ({ handle }) => handle.replaceAll('_', ' '),
  }),
}
