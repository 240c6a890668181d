import pg from 'pg'

/** Asks a database. One connection a query: it may have been away since the last. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query<Row & pg.QueryResultRow>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}
