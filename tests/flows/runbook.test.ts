import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { readRepositoryFile } from '../support/source-text'

/** Every block of SQL in the runbook, and the statements that stand in its sentences. */
const STATEMENTS = [
  ...[...readRepositoryFile('docs/runbook.md').matchAll(/```sql\n([\s\S]*?)```/g)],
  ...readRepositoryFile('docs/runbook.md').matchAll(/`((?:UPDATE|DELETE FROM) [^`]+)`/g),
].map(([, statement]) => statement?.replace("'…'", "'00000000-0000-0000-0000-000000000000'") ?? '')

describe('the runbook', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase()
  })
  afterAll(() => test.drop())

  it('has statements to run', () => {
    expect(STATEMENTS.length).toBeGreaterThanOrEqual(9)
  })

  it.each(STATEMENTS.map((statement) => ({ begins: statement.trim().split('\n')[0], statement })))(
    'has SQL that runs on the tables as they are: $begins',
    async ({ statement }) => {
      await expect(test.db.query(statement)).resolves.not.toThrow()
    },
  )
})
