import { type Database } from '../db.server'
import { limit } from '../lib/limit'

/** A database as it was, through which at most so many statements and transactions go at once; the others wait in order, outside of its pool. */
export function narrowed(db: Database, most: number): Database {
  const through = limit(most)
  return {
    ...db,
    query: (text, values) => through(() => db.query(text, values)),
    transaction: (work, statementMs) => through(() => db.transaction(work, statementMs)),
  }
}
