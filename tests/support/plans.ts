import { type Database, type Sql } from '~/db.server'

/** How PostgreSQL goes about every statement that some work makes, as text. Nothing that it writes stays. */
export async function plansOf(
  db: Database,
  work: (sql: Sql) => Promise<unknown>,
  how = 'EXPLAIN',
): Promise<string[]> {
  const plans: string[] = []
  const enough = new Error('enough')
  await db
    .transaction(async (tx) => {
      await work({
        async query(text, values) {
          if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text)) {
            const lines = await tx.query<{ 'QUERY PLAN': string }>(`${how} ${text}`, values)
            plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
          }
          return tx.query(text, values)
        },
      })
      throw enough
    })
    .catch((error: unknown) => {
      if (error !== enough) throw error
    })
  return plans
}

/** How many rows some work reads, and how many of them it passes over. */
export async function rowsReadBy(db: Database, work: (sql: Sql) => Promise<unknown>): Promise<number> {
  const plans = await plansOf(db, work, 'EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF)')
  const scans = plans.flatMap((plan) => [
    ...plan.matchAll(/(?:Seq|Index|Only|Heap) Scan .*actual rows=([\d.]+) loops=(\d+)/g),
  ])
  const removed = plans.flatMap((plan) => [...plan.matchAll(/Rows Removed by \w+(?: \w+)?: (\d+)/g)])
  return [...scans, ...removed].reduce((sum, [, rows, loops = 1]) => sum + Number(rows) * Number(loops), 0)
}
