import { getNamedType, GraphQLError, type GraphQLOutputType } from 'graphql'

/** What the app may read of a shop at one moment. */
export interface Access {
  scopes: ReadonlySet<string>
  /** `Type.field` that is withheld though the scope is there, as protected customer data is. */
  denied: ReadonlySet<string>
}

/** The scopes that open a type, any one of them, as its page in the reference names them. */
const OPENED_BY: Record<string, readonly string[]> = {
  Customer: ['read_customers'],
  PurchasingEntity: ['read_customers'],
  Order: ['read_orders'],
  Product: ['read_products'],
  ProductVariant: ['read_products'],
  Collection: ['read_products'],
  InventoryItem: ['read_inventory', 'read_products'],
  InventoryLevel: ['read_inventory', 'read_products'],
  Location: ['read_locations', 'read_inventory'],
}

/** What a field needs beyond the type that it returns. */
const FIELD_OPENED_BY: Record<string, readonly string[]> = {
  'QueryRoot.customersCount': ['read_customers'],
  'QueryRoot.ordersCount': ['read_orders'],
  'QueryRoot.productsCount': ['read_products'],
  'QueryRoot.collectionsCount': ['read_products'],
}

/** Why a field comes back null; undefined when it does not. */
export function refusalOf(
  { scopes, denied }: Access,
  parent: string,
  field: string,
  type: GraphQLOutputType,
): GraphQLError | undefined {
  if (denied.has(`${parent}.${field}`)) return withheld(field)
  const needed = neededFor(parent, field, getNamedType(type).name)
  return needed.length === 0 || needed.some((scope) => scopes.has(scope))
    ? undefined
    : missingScope(field, needed)
}

/** Why a record of that type cannot be had by its id; undefined when it can. */
export function typeRefusalOf({ scopes }: Access, type: string, field: string): GraphQLError | undefined {
  const needed = OPENED_BY[type] ?? []
  return needed.length === 0 || needed.some((scope) => scopes.has(scope))
    ? undefined
    : missingScope(field, needed)
}

/** A location's id is open to more apps than the rest of it (Shopify's changelog of 31 March 2025). */
function neededFor(parent: string, field: string, type: string): readonly string[] {
  if (parent === 'Location' && field !== 'id') return ['read_locations']
  return FIELD_OPENED_BY[`${parent}.${field}`] ?? OPENED_BY[type.replace(/Connection$/, '')] ?? []
}

function missingScope(field: string, needed: readonly string[]): GraphQLError {
  const required = needed.map((scope) => `\`${scope}\` access scope`).join(' or ')
  return new GraphQLError(`Access denied for ${field} field. Required access: ${required}.`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess: `${required}.`,
    },
  })
}

function withheld(field: string): GraphQLError {
  return new GraphQLError(
    `This app is not approved to use the ${field} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
    { extensions: { code: 'ACCESS_DENIED' } },
  )
}
