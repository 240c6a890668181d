/** What each family of topics needs. Compliance topics, `app/*`, `shop/*` and bulk operations need nothing. */
const SCOPES: [topics: RegExp, scope: string][] = [
  [/^customers\/(data_request|redact)$/, ''],
  [/^customer(s|s_[a-z_]+)?[./]/, 'read_customers'],
  [/^(orders|refunds)\//, 'read_orders'],
  [/^fulfillments\//, 'read_fulfillments'],
  [/^(products|collections)\//, 'read_products'],
  [/^inventory_/, 'read_inventory'],
]

/** The scope without which a topic is not told; undefined when it needs none. */
export function scopeOfTopic(topic: string): string | undefined {
  return SCOPES.find(([topics]) => topics.test(topic))?.[1] || undefined
}
