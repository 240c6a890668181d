import { type Json } from '../json'
import { type Time } from '../store/model'
import { type ShopState } from '../store/shop-state'
import { gid, idNumber, time } from './body-parts'

/** The body of `app/uninstalled` and `shop/update`. */
export function shopBody(shop: ShopState, at: Time): Json {
  return {
    id: idNumber(shop.id),
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    province: 'Ontario',
    country: 'CA',
    address1: '12 Harbour Lane',
    zip: 'M5J 2N8',
    city: 'Toronto',
    source: null,
    phone: null,
    latitude: null,
    longitude: null,
    primary_locale: 'en',
    address2: null,
    created_at: time(shop, '2024-02-01T15:00:00Z'),
    updated_at: time(shop, at),
    country_code: 'CA',
    country_name: 'Canada',
    currency: shop.currency,
    customer_email: shop.email,
    timezone: shop.zone,
    iana_timezone: shop.zone,
    shop_owner: 'Robin Demo',
    money_format: '${{amount}}',
    money_with_currency_format: `\${{amount}} ${shop.currency}`,
    weight_unit: 'kg',
    province_code: 'ON',
    taxes_included: false,
    plan_display_name: 'Basic',
    plan_name: 'basic',
    has_discounts: true,
    has_gift_cards: true,
    myshopify_domain: shop.domain,
    eligible_for_payments: true,
    password_enabled: false,
    has_storefront: true,
    primary_location_id: idNumber(shop.locationId),
    multi_location_enabled: false,
    setup_required: false,
    pre_launch_enabled: false,
    enabled_presentment_currencies: ['USD', 'CAD', 'EUR', 'JPY'],
  }
}

/** The body of `app/scopes_update`; its `shop_id` is a gid. */
export function scopesBody(shop: ShopState, previous: string[], current: string[], at: Time): Json {
  return {
    id: 1,
    shop_id: gid('Shop', shop.id),
    previous,
    current,
    updated_at: at.replace('Z', '.000Z'),
  }
}
