import { type Sql } from '../db.server'
import { ParityError } from '../lib/errors'

/** The source connections of a shop whose stores can be read. @throws ParityError `SOURCE_MISSING` when there is none */
export async function readableSources(sql: Sql, shopId: string): Promise<string[]> {
  const sources = await sql.query<{ id: string }>(
    `SELECT "id" FROM "SourceConnection" WHERE "shopId" = $1 AND "platform" = 'shopify' ORDER BY "id"`,
    [shopId],
  )
  if (sources.length > 0) return sources.map(({ id }) => id)
  const words = 'There is no store that could be read.'
  throw new ParityError('SOURCE_MISSING', { message: words, userMessage: words })
}
