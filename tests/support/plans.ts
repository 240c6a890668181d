import { type Database, type Sql } from '~/db.server'

/** How PostgreSQL goes about every statement that some work makes, as text. Nothing that it writes stays. */
export async function plansOf(db: Database, work: (sql: Sql) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  const enough = new Error('enough')
  await db
    .transaction(async (tx) => {
      await work({
        async query(text, values) {
          if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text)) {
            const lines = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
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
