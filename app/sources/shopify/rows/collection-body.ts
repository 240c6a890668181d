import { fromRow, known, type Row, renamed } from './row'

/** A `Collection` as its webhook would carry it, with the number of its products. */
export function collectionBody(row: Row): Row {
  return {
    ...renamed(row, {
      admin_graphql_api_id: 'id',
      updated_at: 'updatedAt',
      title: 'title',
      handle: 'handle',
    }),
    ...known({ products_count: fromRow(row, 'productsCount', exactCount) ?? undefined }),
  }
}

/** A count that Shopify stopped at its limit is not known. */
function exactCount({ count = null, precision = null }: Row) {
  return precision === 'EXACT' ? count : undefined
}
