import { type Sql } from '../db.server'
import { idPages } from '../lib/id-pages'

/** How many source connections one statement looks at. */
const PAGE = 200

/** The ids of all source connections, page by page. Ends early when the signal is aborted. */
export function sourcePages(sql: Sql, signal: AbortSignal): AsyncGenerator<string[]> {
  return idPages(PAGE, signal, (after, size) =>
    sql.query(`SELECT "id" FROM "SourceConnection" WHERE "id" > $1 ORDER BY "id" LIMIT $2`, [after, size]),
  )
}
