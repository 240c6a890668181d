import { GraphQLError, type GraphQLFieldResolver } from 'graphql'
import { refusalOf } from './access'
import { type Fields, type GraphqlContext } from './fields'
import { bulkTypes } from './types/bulk-fields'
import { collectionTypes } from './types/collection-fields'
import { customerTypes } from './types/customer-fields'
import { orderTypes } from './types/order-fields'
import { orderPartTypes } from './types/order-part-fields'
import { productTypes } from './types/product-fields'
import { queryTypes } from './types/query-fields'
import { shopTypes } from './types/shop-fields'

const TYPES: Record<string, Fields> = {
  ...queryTypes,
  ...bulkTypes,
  ...shopTypes,
  ...productTypes,
  ...collectionTypes,
  ...customerTypes,
  ...orderTypes,
  ...orderPartTypes,
}

type Resolve = (source: unknown, args: Record<string, unknown>, context: GraphqlContext) => unknown

/** How a field of a type is played: as listed, or else as a member of what its parent returned. */
export function playerOf(type: string, field: string): Resolve {
  const listed = TYPES[type]?.[field]
  if (listed) return listed as Resolve
  return (source) => {
    if (typeof source === 'object' && source !== null && field in source) {
      return (source as Record<string, unknown>)[field]
    }
    throw new GraphQLError(`${type}.${field} is not played by the stand-in`)
  }
}

/** Resolves any field that the app may read. */
export const resolveField: GraphQLFieldResolver<unknown, GraphqlContext> = (
  source,
  args: Record<string, unknown>,
  context,
  { parentType, fieldName, returnType },
) => {
  const refusal = refusalOf(context.access, parentType.name, fieldName, returnType)
  if (refusal) throw refusal
  return playerOf(parentType.name, fieldName)(source, args, context)
}
