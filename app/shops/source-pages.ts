import { type Sql } from '../db.server'

/** How many source connections one statement looks at. */
const PAGE = 200
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** The ids of all source connections, page by page. Ends early when the signal is aborted. */
export async function* sourcePages(sql: Sql, signal: AbortSignal): AsyncGenerator<string[]> {
  let after = BEFORE_ALL
  while (!signal.aborted) {
    const rows = await sql.query<{ id: string }>(
      `SELECT "id" FROM "SourceConnection" WHERE "id" > $1 ORDER BY "id" LIMIT ${PAGE}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ id }) => id)
    after = last.id
  }
}
