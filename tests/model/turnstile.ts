import { type Database } from '~/db.server'

/** A database that lets its user's statements through as a test says: between any two of them the user can be left standing, or die. */
export interface Turnstile {
  db: Database
  /** Lets so many more statements through, the one that stands before it included. */
  allow(statements: number): void
  isBlocked(): boolean
}

/** @param onBlocked told when a statement stands before it */
export function createTurnstile(db: Database, onBlocked: () => void): Turnstile {
  let left = 0
  let standing: (() => void) | null = null

  return {
    db: { ...db, query: (text, values) => pass().then(() => db.query(text, values)) },
    allow(statements) {
      left = statements
      if (!standing || left === 0) return
      left--
      standing()
      standing = null
    },
    isBlocked: () => standing !== null,
  }

  function pass(): Promise<void> {
    if (left > 0) {
      left--
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      standing = resolve
      onBlocked()
    })
  }
}
